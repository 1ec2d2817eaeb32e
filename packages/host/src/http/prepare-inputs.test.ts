import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { tempWorkspace } from "../../test/support/temp-workspace.ts";
import type { Workspace } from "../workspace.ts";
import { prepareInputs } from "./prepare-inputs.ts";
import { thumbnails } from "./thumbnails.ts";

const noPreviews = {
  take: () => undefined,
  get: async () => undefined,
  link: () => undefined,
  ofFile: async () => undefined,
  remove: () => undefined,
  idle: async () => undefined,
};

/** Thumbnails that note the size of each picture that they are made of. */
function noting(drawn: number[]) {
  const thumbnail = async (bytes: Uint8Array): Promise<Uint8Array> => (drawn.push(bytes.length), bytes.slice(0, 1));
  const none = (): Promise<never> => Promise.reject(new Error("not asked for"));
  const tools = { thumbnail, preview: none, encode: none, measure: none, decode: none, similar: none };
  return thumbnails(tools, noPreviews);
}

async function withInputs(): Promise<{ workspace: Workspace; put: (name: string, bytes: number) => Promise<void> }> {
  const workspace = await tempWorkspace();
  await mkdir(join(workspace.dir, "inputs"));
  return {
    workspace,
    put: (name, bytes) => writeFile(join(workspace.dir, "inputs", name), new Uint8Array(bytes)),
  };
}

test("large pictures that lie there, and those that come later, are drawn before anybody asks", async () => {
  const { workspace, put } = await withInputs();
  await put("a.png", 2_000_000);
  await put("fast.jpg", 2_000_000);
  await put("small.png", 1000);
  const drawn: number[] = [];
  onTestFinished(prepareInputs(workspace, noting(drawn)));
  while (drawn.length < 1) await sleep(10);
  await put("b.png", 3_000_000);
  while (drawn.length < 2) await sleep(10);
  expect(drawn).toEqual([2_000_000, 3_000_000]);
});

test("a picture is drawn once for all its names", async () => {
  const drawn: number[] = [];
  const small = noting(drawn);
  const source = { read: async () => new Uint8Array(9), sha256: () => "s" };
  await small.prepare({ ...source, name: "s" });
  small.alsoAs("file", "s");
  await small.prepare({ ...source, name: "file" });
  await small.prepare({ ...source, name: "s" });
  expect(drawn).toEqual([9]);
});
