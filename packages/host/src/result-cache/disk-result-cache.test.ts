import { readdir, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ImageValue } from "@inlay/engine";
import { describe, expect, test } from "vitest";
import { expectCode } from "../../test/support/expect-code.ts";
import { smallDisk } from "../../test/support/small-disk.ts";
import { tempWorkspace } from "../../test/support/temp-workspace.ts";
import { openWorkspace } from "../workspace.ts";
import type { Workspace } from "../workspace.ts";
import { diskResultCache } from "./disk-result-cache.ts";

const keyOf = (digit: string): string => digit.repeat(64);
const paid = { ms: 1, paid: true };
const slow = { ms: 1000, paid: false };

function image(side: number): ImageValue {
  return {
    kind: "image",
    width: side,
    height: side,
    channels: 3,
    depth: "u16",
    data: new Uint16Array(side * side * 3).map((_, i) => i),
    profile: Uint8Array.of(1, 2, 3),
    metadata: { density: 300 },
  };
}

async function filesOf({ stateDir }: Workspace): Promise<string[]> {
  const names = await readdir(join(stateDir, "cache"), { recursive: true }).catch(() => []);
  return names.filter((name) => name.includes("/")).sort();
}

describe("a result", () => {
  test("is there for the next process, as it was", async () => {
    const workspace = await tempWorkspace();
    const outputs = { image: image(5), size: { width: 5 } };
    await (await diskResultCache({ workspace })).set(keyOf("a"), outputs, paid);
    const cache = await diskResultCache({ workspace });
    expect(await cache.get(keyOf("a"))).toEqual({ outputs, from: "disk" });
    const path = join(workspace.stateDir, "cache", "aa", `${keyOf("a")}.paid`);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test("that is missing is answered at once, without a folder being made", async () => {
    const workspace = await tempWorkspace();
    const cache = await diskResultCache({ workspace });
    expect(cache.get(keyOf("a"))).toBeUndefined();
    expect(await readdir(workspace.dir)).toEqual([]);
  });

  test("that is damaged or cut is a miss and goes away", async () => {
    const workspace = await tempWorkspace();
    await (await diskResultCache({ workspace })).set(keyOf("a"), { n: 1 }, paid);
    const path = join(workspace.stateDir, "cache", "aa", `${keyOf("a")}.paid`);
    await writeFile(path, "INLAYR1\n00000002\n");
    const cache = await diskResultCache({ workspace });
    expect(await cache.get(keyOf("a"))).toBeUndefined();
    expect(cache.get(keyOf("a"))).toBeUndefined();
    expect(await filesOf(workspace)).toEqual([]);
  });

  test("under a name that is no key is neither kept nor read", async () => {
    const workspace = await tempWorkspace();
    const cache = await diskResultCache({ workspace });
    await cache.set("../../x", { n: 1 }, paid);
    expect(cache.get("../../x")).toBeUndefined();
    expect(await filesOf(workspace)).toEqual([]);
  });
});

describe("what is worth its place", () => {
  test("is what took long for its size, and what was paid for", async () => {
    const workspace = await tempWorkspace();
    const cache = await diskResultCache({ workspace });
    const megabyte = { data: new Uint8Array(1e6) };
    void cache.set(keyOf("a"), { n: 1 }, { ms: 19, paid: false });
    void cache.set(keyOf("b"), { n: 1 }, { ms: 20, paid: false });
    void cache.set(keyOf("c"), { list: Array.from({ length: 10 }, () => megabyte) }, { ms: 40, paid: false });
    void cache.set(keyOf("d"), { list: Array.from({ length: 10 }, () => megabyte) }, { ms: 60, paid: false });
    void cache.set(keyOf("e"), megabyte, { ms: 0, paid: true });
    await cache.idle();
    expect((await filesOf(workspace)).map((name) => name.slice(3, 4))).toEqual(["b", "d", "e"]);
  });

  test("that is out of date is replaced, also by one that was cheap", async () => {
    const cache = await diskResultCache({ workspace: await tempWorkspace() });
    await cache.set(keyOf("a"), { value: 1 }, slow);
    await cache.set(keyOf("a"), { value: 2 }, slow);
    expect((await cache.get(keyOf("a")))?.outputs).toEqual({ value: 1 });
    await cache.set(keyOf("a"), { value: 3 }, { ms: 1, paid: false, replaces: true });
    expect((await cache.get(keyOf("a")))?.outputs).toEqual({ value: 3 });
  });

  test("is not what a file cannot hold; a paid one of these is an error", async () => {
    const cache = await diskResultCache({ workspace: await tempWorkspace() });
    expect(cache.set(keyOf("a"), { f: () => 1 }, slow)).toBeUndefined();
    await expectCode(Promise.resolve(cache.set(keyOf("a"), { f: () => 1 }, paid)), "cache.unstorable");
  });
});

describe("beyond its size", () => {
  test("paid entries stay, with one warning that there is too much", async () => {
    const workspace = await tempWorkspace();
    const warnings: string[] = [];
    const cache = await diskResultCache({
      workspace,
      maxBytes: 2_500,
      onWarning: ({ code }) => warnings.push(code),
    });
    for (const digit of ["0", "1", "2", "3"]) await cache.set(keyOf(digit), { data: new Uint8Array(1_000) }, paid);
    await cache.set(keyOf("4"), { data: new Uint8Array(1_000) }, slow);
    await cache.idle();
    expect((await filesOf(workspace)).map((name) => name.slice(3, 4))).toEqual(["0", "1", "2", "3"]);
    expect(warnings).toEqual(["cache.full"]);
  });

  test("the entries not used for longest go, paid ones do not", async () => {
    const workspace = await tempWorkspace();
    const cache = await diskResultCache({ workspace, maxBytes: 5_000 });
    const outputs = { data: new Uint8Array(1_000) };
    await cache.set(keyOf("0"), outputs, paid);
    for (const digit of ["1", "2", "3"]) await cache.set(keyOf(digit), outputs, slow);
    for (const [i, name] of (await filesOf(workspace)).entries()) {
      await utimes(join(workspace.stateDir, "cache", name), i + 1, i + 1);
    }
    await cache.get(keyOf("1"));
    await cache.set(keyOf("4"), outputs, slow);
    await cache.idle();
    expect((await filesOf(workspace)).map((name) => name.slice(3, 4))).toEqual(["0", "1", "3", "4"]);
    expect(cache.get(keyOf("2"))).toBeUndefined();
  });
});

test("a paid result that does not fit the disk is an error, another is only not kept, with one warning", async ({
  skip,
}) => {
  const disk = smallDisk() ?? skip("needs the right to mount a small disk");
  const workspace = await openWorkspace({ dir: disk.dir });
  const warnings: string[] = [];
  const cache = await diskResultCache({ workspace, onWarning: ({ code }) => warnings.push(code) });
  await expectCode(Promise.resolve(cache.set(keyOf("a"), { image: image(700) }, paid)), "disk.full");
  await cache.set(keyOf("b"), { image: image(700) }, slow);
  await cache.set(keyOf("c"), { image: image(700) }, slow);
  expect(await filesOf(workspace)).toEqual([]);
  expect(warnings).toEqual(["disk.full"]);
});

test("on a full disk a paid result takes the place of those that only took time", async ({ skip }) => {
  const disk = smallDisk() ?? skip("needs the right to mount a small disk");
  const workspace = await openWorkspace({ dir: disk.dir });
  const cache = await diskResultCache({ workspace });
  for (const digit of ["a", "b"]) await cache.set(keyOf(digit), { data: new Uint8Array(400_000) }, slow);
  await cache.set(keyOf("c"), { data: new Uint8Array(400_000) }, paid);
  expect(await cache.get(keyOf("c"))).toMatchObject({ from: "disk" });
  expect((await filesOf(workspace)).map((name) => name.slice(3, 4))).toEqual(["c"]);
});
