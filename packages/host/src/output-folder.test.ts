import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, readdir, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { WriteRequest } from "@inlay/engine";
import { describe, expect, test } from "vitest";
import { checkOutFolder, outputWriter } from "./output-folder.ts";
import { expectCode } from "../test/support/expect-code.ts";
import { smallDisk } from "../test/support/small-disk.ts";
import { tempFolder } from "../test/support/temp-workspace.ts";

function request(path: string, text: string, onExists: WriteRequest["onExists"] = "number"): WriteRequest {
  return { path, bytes: Buffer.from(text), mime: "text/plain", onExists };
}

test("a result is written into folders that are made for it", async () => {
  const out = join(await tempFolder(), "new", "out");
  const written = await outputWriter(out)(request("a/b.txt", "abc"));
  expect(written).toEqual({
    path: join(out, "a", "b.txt"),
    sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    size: 3,
    unchanged: false,
  });
  expect(await readdir(join(out, "a"))).toEqual(["b.txt"]);
});

test("an output folder that is a file is named as the mistake", async () => {
  const out = join(await tempFolder(), "out");
  await writeFile(out, "");
  const message = expect.stringContaining("is not a folder");
  await expect(outputWriter(out)(request("a.txt", "abc"))).rejects.toMatchObject({ code: "file.unwritable", message });
});

test.runIf(process.platform === "linux")("where no folder can be made, writing fails", async () => {
  await expectCode(outputWriter("/proc/inlay")(request("a.txt", "abc")), "file.unwritable");
});

describe("an output folder is checked before the run", () => {
  test("one that can be made is fine, and is not made yet", async () => {
    const folder = await tempFolder();
    await checkOutFolder(join(folder, "new", "out"));
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([["out"], ["out/deeper"]])("%s, where `out` is a file, is refused", async (path) => {
    const folder = await tempFolder();
    await writeFile(join(folder, "out"), "");
    const message = expect.stringContaining("is not a folder");
    await expect(checkOutFolder(join(folder, path))).rejects.toMatchObject({ code: "file.unwritable", message });
  });

  test("a link that leads nowhere is refused", async () => {
    const folder = await tempFolder();
    await symlink(join(folder, "nowhere"), join(folder, "out"));
    await expectCode(checkOutFolder(join(folder, "out")), "file.unwritable");
  });

  test.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
    "one that is read-only is refused",
    async () => {
      const folder = await tempFolder();
      await chmod(folder, 0o500);
      await expectCode(checkOutFolder(join(folder, "out")), "file.unwritable");
    },
  );
});

describe("a name that is taken", () => {
  test("gets a number; the same bytes are not written again", async () => {
    const out = await tempFolder();
    const write = outputWriter(out);
    const paths: string[] = [];
    for (const text of ["one", "two", "three", "two", "one"]) {
      const { path, unchanged } = await write(request("r.txt", text));
      paths.push(`${path.slice(out.length + 1)} ${unchanged}`);
    }
    expect(paths).toEqual(["r.txt false", "r-2.txt false", "r-3.txt false", "r-2.txt true", "r.txt true"]);
    expect((await readdir(out)).sort()).toEqual(["r-2.txt", "r-3.txt", "r.txt"]);
  });

  test("is replaced when that was asked for", async () => {
    const out = await tempFolder();
    const write = outputWriter(out);
    await write(request("r.txt", "one", "overwrite"));
    expect(await write(request("r.txt", "two", "overwrite"))).toMatchObject({ unchanged: false });
    expect(await write(request("r.txt", "two", "overwrite"))).toMatchObject({ unchanged: true });
    expect(await readFile(join(out, "r.txt"), "utf8")).toBe("two");
    expect(await readdir(out)).toEqual(["r.txt"]);
  });

  test("is an error when that was asked for, and the file stays", async () => {
    const out = await tempFolder();
    const write = outputWriter(out);
    await write(request("r.txt", "one", "error"));
    await expectCode(write(request("r.txt", "two", "error")), "file.exists");
    expect(await readFile(join(out, "r.txt"), "utf8")).toBe("one");
  });

  test("by a folder or a link is not written through", async () => {
    const out = await tempFolder();
    const elsewhere = join(await tempFolder(), "target");
    await writeFile(elsewhere, "kept");
    await symlink(elsewhere, join(out, "link.txt"));
    await mkdir(join(out, "dir.txt"));
    const write = outputWriter(out);
    await write(request("link.txt", "new", "overwrite"));
    expect(await readFile(elsewhere, "utf8")).toBe("kept");
    expect(await readFile(join(out, "link.txt"), "utf8")).toBe("new");
    expect((await write(request("dir.txt", "x"))).path).toBe(join(out, "dir-2.txt"));
    await expectCode(write(request("dir.txt", "x", "overwrite")), "file.unwritable");
  });

  test("goes to one of many writers at once, the others get numbers", async () => {
    const out = await tempFolder();
    const texts = Array.from({ length: 12 }, (_, i) => `text ${i}`);
    const written = await Promise.all(texts.map((text) => outputWriter(out)(request("r.txt", text))));
    expect(new Set(written.map(({ path }) => path)).size).toBe(12);
    for (const [i, { path }] of written.entries()) expect(await readFile(path, "utf8")).toBe(texts[i]);
  });
});

test("processes that write the very same at once have one file", async () => {
  const out = await tempFolder();
  const text = "x".repeat(200_000);
  const written = await Promise.all(Array.from({ length: 16 }, () => outputWriter(out)(request("r.txt", text))));
  expect(await readdir(out)).toEqual(["r.txt"]);
  expect(written.filter(({ unchanged }) => !unchanged)).toHaveLength(1);
});

test("a link in the output folder leads nowhere", async () => {
  const out = await tempFolder();
  const elsewhere = await tempFolder();
  await symlink(elsewhere, join(out, "away"));
  await expectCode(outputWriter(out)(request("away/x.txt", "x")), "file.outside-workspace");
  await expectCode(outputWriter(out)(request("away/deep/x.txt", "x")), "file.outside-workspace");
  await expectCode(outputWriter(out)(request("../x.txt", "x")), "file.outside-workspace");
  expect(await readdir(elsewhere)).toEqual([]);
});

test("what a killed process left is removed once it is old", async () => {
  const out = await tempFolder();
  const [old, fresh] = [".inlay-0123456789abcdef.tmp", ".inlay-fedcba9876543210.tmp"];
  for (const name of [old, fresh]) await writeFile(join(out, name), "half");
  await utimes(join(out, old), 1, 1);
  await outputWriter(out)(request("r.txt", "x"));
  expect((await readdir(out)).sort()).toEqual([fresh, "r.txt"]);
});

test("an output folder that cannot be made is an error", async () => {
  const file = join(await tempFolder(), "file");
  await writeFile(file, "");
  await expectCode(outputWriter(join(file, "out"))(request("r.txt", "x")), "file.unwritable");
});

test("a full disk is an error, and nothing half-written stays", async ({ skip }) => {
  const disk = smallDisk() ?? skip("needs the right to mount a small disk");
  const large = { ...request("r.bin", ""), bytes: randomBytes(2 ** 21) };
  await expectCode(outputWriter(disk.dir)(large), "disk.full");
  expect(await readdir(disk.dir)).toEqual([]);
});

test("a disk that may not be written to is an error", async ({ skip }) => {
  const disk = smallDisk() ?? skip("needs the right to mount a small disk");
  disk.makeReadOnly();
  await expectCode(outputWriter(disk.dir)(request("r.txt", "x")), "file.unwritable");
});
