import type { FileAccess, Signal, WriteRequest } from "../host.ts";
import type { FileRef } from "../values/image.ts";
import { expectBytes, expectRejection, expectSame, expectThat, type ConformanceCase } from "./conformance-case.ts";

/** The files of one implementation, made for one case. */
export interface FilesUnderTest {
  readonly files: FileAccess;
  /** Puts a file where workflows find it, in a folder or not, and names it as a resolved one. */
  place(path: string, bytes: Uint8Array): Promise<FileRef>;
  /** What lies in the output folder: bytes by path relative to it, with `/` between folders. */
  written(): Promise<ReadonlyMap<string, Uint8Array>>;
  /** A signal that has been aborted with this reason. */
  aborted(reason: unknown): Signal;
}

const [one, two, three] = [Uint8Array.of(1), Uint8Array.of(2, 2), Uint8Array.of(3, 3, 3)];

/** SHA-256 of the byte 1. */
const hashOfOne = "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a";

/**
 * What every `FileAccess` must do, for any test runner: it reads what was resolved, and writes whole files into the output
 * folder and nowhere else, under the three policies for a name that is taken.
 *
 * @param make an empty workspace with an empty output folder
 */
export function fileAccessConformance(
  make: () => FilesUnderTest | Promise<FilesUnderTest>,
): readonly ConformanceCase[] {
  const withFiles = (name: string, check: (under: FilesUnderTest) => Promise<void>): ConformanceCase => ({
    name,
    run: async () => check(await make()),
  });
  return [
    withFiles("a resolved file is read", async ({ files, place }) => {
      expectBytes(await files.read(await place("a.bin", two)), two, "its content");
    }),
    withFiles("a file that nobody resolved is not read", async ({ files }) => {
      const ref = { kind: "file", name: "a.bin", sha256: hashOfOne, size: 1 } as const;
      await expectRejection(files.read(ref), "file.");
    }),
    withFiles("nothing is read after an abort, and the reason is what is thrown", async ({ files, place, aborted }) => {
      const reason = new Error("stop");
      const thrown = await files.read(await place("a.bin", one), aborted(reason)).catch((error: unknown) => error);
      expectSame(thrown, reason, "what is thrown");
    }),
    withFiles("a folder's files are listed in the order of their paths, and can be read", async ({ files, place }) => {
      for (const path of ["in/b.bin", "in/a.bin", "in/c.txt", "in/deep/d.bin", "other/e.bin"]) await place(path, one);
      const listed = async (recursive: boolean): Promise<string> => {
        const accepts = (path: string): boolean => path.endsWith(".bin");
        const found = await files.list({ folder: "in", recursive, accepts, limit: 3 });
        for (const { file } of found) expectBytes(await files.read(file), one, file.name);
        return found.map(({ path }) => path).join();
      };
      expectSame(await listed(false), "a.bin,b.bin", "the list");
      expectSame(await listed(true), "a.bin,b.bin,deep/d.bin", "the list with folders below");
      const tooMany = { folder: "in", recursive: true, accepts: () => true, limit: 3 };
      await expectRejection(files.list(tooMany), "file.too-many");
    }),
    withFiles("a written file is there, whole, and told with its hash", async ({ files, written }) => {
      const file = await files.write(request("a.bin", one));
      expectSame(file.sha256, hashOfOne, "sha256");
      expectSame(file.size, 1, "size");
      expectSame(file.unchanged, false, "unchanged");
      expectThat(file.path.endsWith("a.bin"), `the path to end with the name, and it is ${file.path}`);
      await expectWritten(written, { "a.bin": one });
    }),
    withFiles("folders in a path are made", async ({ files, written }) => {
      await files.write(request("x/y/a.bin", one));
      await expectWritten(written, { "x/y/a.bin": one });
    }),
    withFiles("the same bytes under the same name are left alone, whatever the policy", async ({ files, written }) => {
      for (const onExists of ["number", "overwrite", "error"] as const) {
        await files.write(request("a.bin", one, onExists));
        expectSame((await files.write(request("a.bin", one, onExists))).unchanged, true, "unchanged");
      }
      await expectWritten(written, { "a.bin": one });
    }),
    withFiles("`number` finds a free name, and again the one that has these bytes", async ({ files, written }) => {
      for (const bytes of [one, two, three]) await files.write(request("a.bin", bytes, "number"));
      await expectWritten(written, { "a.bin": one, "a-2.bin": two, "a-3.bin": three });
      const again = await files.write(request("a.bin", two, "number"));
      expectSame(again.unchanged, true, "unchanged");
      expectThat(again.path.endsWith("a-2.bin"), `the second name, and it is ${again.path}`);
    }),
    withFiles("`overwrite` replaces", async ({ files, written }) => {
      await files.write(request("a.bin", one, "overwrite"));
      expectSame((await files.write(request("a.bin", two, "overwrite"))).unchanged, false, "unchanged");
      await expectWritten(written, { "a.bin": two });
    }),
    withFiles("`error` fails and leaves the file as it was", async ({ files, written }) => {
      await files.write(request("a.bin", one));
      await expectRejection(files.write(request("a.bin", two, "error")), "file.exists");
      await expectWritten(written, { "a.bin": one });
    }),
    withFiles("no path leads out of the output folder or names nothing", async ({ files, written }) => {
      for (const path of [
        "../a.bin",
        "x/../../a.bin",
        "/a.bin",
        "\\a.bin",
        "x\\..\\a.bin",
        "C:a.bin",
        "",
        ".",
        "x/",
        "a\0.bin",
      ])
        await expectRejection(files.write(request(path, one)), "file.outside-workspace", "file.bad-name");
      await expectWritten(written, {});
    }),
    withFiles("many that write one name at once each get their bytes written", async ({ files, written }) => {
      const pieces = Array.from({ length: 8 }, (_, i) => new Uint8Array(100 + i).fill(i));
      const paths = await Promise.all(pieces.map(async (bytes) => (await files.write(request("a.bin", bytes))).path));
      expectSame(new Set(paths).size, 8, "the number of files");
      const sizes = [...(await written()).values()].map(({ length }) => length).sort((a, b) => a - b);
      expectSame(sizes.join(), "100,101,102,103,104,105,106,107", "the sizes");
    }),
    withFiles("of many that overwrite one name at once, one wins whole", async ({ files, written }) => {
      const pieces = Array.from({ length: 8 }, (_, i) => new Uint8Array(1000).fill(i));
      await Promise.all(pieces.map((bytes) => files.write(request("a.bin", bytes, "overwrite"))));
      const [content, ...more] = (await written()).values();
      expectSame(more.length, 0, "other files");
      expectBytes(content, new Uint8Array(1000).fill(content?.[0] ?? 255), "the content");
    }),
  ];
}

function request(path: string, bytes: Uint8Array, onExists: WriteRequest["onExists"] = "number"): WriteRequest {
  return { path, bytes, mime: "application/octet-stream", onExists };
}

async function expectWritten(
  written: FilesUnderTest["written"],
  expected: Readonly<Record<string, Uint8Array>>,
): Promise<void> {
  const found = await written();
  expectSame([...found.keys()].sort().join(), Object.keys(expected).sort().join(), "the names");
  for (const [path, bytes] of Object.entries(expected)) expectBytes(found.get(path), bytes, path);
}
