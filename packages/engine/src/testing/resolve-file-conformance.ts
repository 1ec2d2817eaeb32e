import type { RunServices } from "../host.ts";
import { expectRejection, expectSame, type ConformanceCase } from "./conformance-case.ts";

/** A workspace of one implementation, made for one case. */
export interface WorkspaceUnderTest {
  readonly resolveFile: RunServices["resolveFile"];
  /** Writes a file of the workspace; `..` leads out of it. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Makes `from` in the workspace a symbolic link to a path relative to it; absent where there are no links. */
  link?(from: string, to: string): Promise<void>;
}

const abc = Uint8Array.of(97, 98, 99);
const hashOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

/** What a workflow from a stranger may try. A file lies at each of those that could be reached. */
const escapes = [
  "../secret.txt",
  "photos/../../secret.txt",
  "./../secret.txt",
  "photos/./../../secret.txt",
  "/etc/hostname",
  "//etc/hostname",
  "C:\\secret.txt",
  "C:secret.txt",
  "\\\\server\\share\\secret.txt",
  "..\\secret.txt",
  "photos\\..\\..\\secret.txt",
  "file:///etc/hostname",
  ".inlay/salt",
  ".INLAY/salt",
  "photos/../.inlay/salt",
  "photos/a.png\0.txt",
];

/**
 * What every `RunServices.resolveFile` must do, for any test runner: it finds the files of the workspace, and whatever the
 * path looks like none beside it. Every refusal has a code that begins with `file.`, or
 * `url.` for what looks like a URL.
 *
 * @param make an empty workspace; the folder above it is the case's own
 */
export function resolveFileConformance(
  make: () => WorkspaceUnderTest | Promise<WorkspaceUnderTest>,
): readonly ConformanceCase[] {
  const withWorkspace = (name: string, check: (under: WorkspaceUnderTest) => Promise<void>): ConformanceCase => ({
    name,
    run: async () => check(await make()),
  });
  return [
    withWorkspace("a file is found, hashed and named without its folders", async ({ resolveFile, write }) => {
      await write("photos/a.png", abc);
      for (const path of ["photos/a.png", "./photos/a.png", "photos//a.png"]) {
        const ref = await resolveFile(path);
        expectSame([ref.kind, ref.name, ref.sha256, ref.size].join(), `file,a.png,${hashOfAbc},3`, path);
      }
    }),
    withWorkspace("a name of letters of any script, with spaces, is a name", async ({ resolveFile, write }) => {
      await write("Café 写真.png", abc);
      expectSame((await resolveFile("Café 写真.png")).name, "Café 写真.png", "name");
    }),
    withWorkspace("what is not there is said to be not found", async ({ resolveFile }) => {
      await expectRejection(resolveFile("none.png"), "file.not-found");
      await expectRejection(resolveFile("no/folder/none.png"), "file.not-found");
    }),
    withWorkspace("a folder is no file, nor is the workspace itself", async ({ resolveFile, write }) => {
      await write("photos/a.png", abc);
      for (const path of ["photos", "photos/", ".", ""]) await expectRejection(resolveFile(path), "file.");
    }),
    withWorkspace("a file is no folder", async ({ resolveFile, write }) => {
      await write("a.png", abc);
      await expectRejection(resolveFile("a.png/b.png"), "file.");
    }),
    ...escapes.map((path) =>
      withWorkspace(`${JSON.stringify(path)} leads nowhere`, async ({ resolveFile, write }) => {
        await write("photos/a.png", abc);
        await write("../secret.txt", abc);
        await write(".inlay/salt", abc);
        await expectRejection(resolveFile(path), "file.", "url.");
      }),
    ),
    withWorkspace("a link inside is followed, and one that leads out is not", async ({ resolveFile, write, link }) => {
      if (!link) return;
      await write("photos/a.png", abc);
      await write("../secret.txt", abc);
      await write(".inlay/salt", abc);
      await link("inside.png", "photos/a.png");
      await link("out.txt", "../secret.txt");
      await link("up", "..");
      await link("state", ".inlay");
      await link("nowhere", "none");
      expectSame((await resolveFile("inside.png")).sha256, hashOfAbc, "sha256");
      for (const path of ["out.txt", "up/secret.txt", "state/salt", "nowhere"])
        await expectRejection(resolveFile(path), "file.");
    }),
  ];
}
