import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EngineError } from "@inlay/engine";
import { expect, test } from "vitest";
import { fileArtifacts } from "./artifacts.ts";
import { expectCode } from "../test/support/expect-code.ts";
import { tempWorkspace } from "../test/support/temp-workspace.ts";

const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const bytes = Buffer.from("abc");

test("bytes are kept under their SHA-256 and come back", async () => {
  const workspace = await tempWorkspace();
  const ref = await fileArtifacts(workspace).put(bytes, { mime: "text/plain" });
  expect(ref).toEqual({ kind: "artifact", sha256: abc, size: 3, mime: "text/plain" });
  expect(await fileArtifacts(workspace).get(abc)).toEqual(bytes);
  expect(await fileArtifacts(workspace).has(abc)).toBe(true);
  expect((await stat(join(workspace.stateDir, "artifacts", "ba", abc))).mode & 0o777).toBe(0o600);
});

test("a stream is kept like bytes", async () => {
  const artifacts = fileArtifacts(await tempWorkspace());
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield Buffer.from("a");
    yield Buffer.from("bc");
  }
  expect(await artifacts.putStream(pieces(), { mime: "text/plain" })).toMatchObject({ sha256: abc, size: 3 });
  expect(await artifacts.get(abc)).toEqual(bytes);
});

test("a stream that fails leaves nothing", async () => {
  const workspace = await tempWorkspace();
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield bytes;
    throw new Error("broken");
  }
  await expectCode(fileArtifacts(workspace).putStream(broken(), { mime: "text/plain" }), "file.unwritable");
  expect(await readdir(join(workspace.stateDir, "artifacts"))).toEqual([]);
});

test("a stream that its check refuses leaves nothing", async () => {
  const workspace = await tempWorkspace();
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  const seen: Uint8Array[] = [];
  const check = async (all: Uint8Array): Promise<void> => {
    seen.push(all);
    throw new EngineError({ code: "test.refused", message: "It is refused." });
  };
  await expectCode(fileArtifacts(workspace).putStream(pieces(), { mime: "text/plain", check }), "test.refused");
  expect(seen).toEqual([bytes]);
  expect(await readdir(join(workspace.stateDir, "artifacts"))).toEqual([]);
});

test("damaged bytes count as missing, are removed and can be put again", async () => {
  const workspace = await tempWorkspace();
  const artifacts = fileArtifacts(workspace);
  await artifacts.put(bytes, { mime: "text/plain" });
  await writeFile(join(workspace.stateDir, "artifacts", "ba", abc), "abd");
  await expectCode(artifacts.get(abc), "artifact.missing");
  expect(await artifacts.has(abc)).toBe(false);
  await artifacts.put(bytes, { mime: "text/plain" });
  expect(await artifacts.get(abc)).toEqual(bytes);
});

test("a name that is no hash reads nothing", async () => {
  const artifacts = fileArtifacts(await tempWorkspace());
  await expectCode(artifacts.get("../../salt"), "artifact.missing");
  expect(await artifacts.has("..")).toBe(false);
});
