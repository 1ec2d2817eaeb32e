import { readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pngHeader } from "./support/png-header.ts";
import { serve, type ServedWorkspace } from "./support/server.ts";
import { makeFolder, removeFolder } from "./support/workspace.ts";

// Pictures that come in over HTTP: one server for all tests, as only what they themselves have sent counts.

let workspace: string;
let outside: string;
let server: ServedWorkspace;
const atEnd: (() => void)[] = [];

beforeAll(async () => {
  [workspace, outside] = [await makeFolder(), await makeFolder()];
  server = await serve(workspace, { onEnd: (work) => void atEnd.push(work) });
  await symlink(outside, join(workspace, "inputs", "away"));
});

afterAll(async () => {
  for (const work of atEnd) work();
  await Promise.all([removeFolder(workspace), removeFolder(outside)]);
});

const pictureOf = (background: string): Promise<Buffer> =>
  sharp({ create: { width: 30, height: 20, channels: 3, background } })
    .png()
    .toBuffer();

const send = (path: string, body: Buffer, type = "image/png"): Promise<Response> =>
  server.fetch(path, { method: "POST", body: new Uint8Array(body), headers: { "content-type": type } });

test("an upload is kept under its hash, measured, and can be the input of a run", async () => {
  const picture = await pictureOf("#c02020");
  const upload = await send("/api/uploads?name=red.png&folder=inputs", picture);
  expect(upload.status).toBe(201);
  const taken = (await upload.json()) as { sha256: string };
  expect(taken).toMatchObject({
    size: picture.length,
    mime: "image/png",
    width: 30,
    height: 20,
    path: "inputs/red.png",
  });

  const artifact = await server.fetch(`/api/artifacts/${taken.sha256}`);
  expect(artifact.headers.get("cache-control")).toContain("immutable");
  expect(artifact.headers.get("content-security-policy")).toContain("sandbox");
  expect(await bytesOf(artifact)).toEqual(picture);
  const part = await server.fetch(`/api/artifacts/${taken.sha256}`, { headers: { range: "bytes=1-3" } });
  expect([part.status, part.headers.get("content-range"), (await bytesOf(part)).toString("latin1")]).toEqual([
    206,
    `bytes 1-3/${picture.length}`,
    "PNG",
  ]);
  const none = await server.fetch(`/api/artifacts/${taken.sha256}`, { headers: { range: "bytes=99999-" } });
  expect(none.status).toBe(416);

  const workflow = {
    inlay: 1,
    inputs: { photo: { type: "image" } },
    nodes: {
      load: { type: "image/load", version: 1, inputs: { source: { $input: "photo" } } },
      size: { type: "image/size", version: 1, inputs: { image: { $link: ["load", "image"] } } },
    },
    outputs: { width: { node: "size", output: "width" } },
  };
  const inputs = { photo: { $artifact: taken.sha256, name: "red.png" } };
  const run = await server.api("POST", "/api/runs?wait=60", { workflow, inputs });
  expect(run).toMatchObject({ status: "succeeded", outputs: { width: 30 } });
});

test("the same bytes are one artifact, and one file of a folder, however often they come", async () => {
  const before = await kept();
  const picture = await pictureOf("#20c020");
  const answers: { path: string; sha256: string }[] = [];
  for (const name of ["a.png", "a.png", "b.png"])
    answers.push(
      (await (await send(`/api/uploads?name=${name}&folder=inputs`, picture)).json()) as (typeof answers)[0],
    );
  expect(answers.map(({ path }) => path)).toEqual(["inputs/a.png", "inputs/a.png", "inputs/b.png"]);
  const hashes = new Set(answers.map(({ sha256 }) => sha256));
  expect(hashes.size).toBe(1);
  expect((await kept()).filter((name) => !before.includes(name))).toEqual([...hashes]);
});

test.each([
  ["a text", () => Buffer.from("not a picture"), "no.png", "inputs", 422, "image.not-an-image"],
  ["a drawing", () => Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), "no.svg", "inputs", 422, "image.svg"],
  ["too many pixels", () => pngHeader(19_000, 19_000), "large.png", "inputs", 422, "image.too-large"],
  ["a side that is too long", () => pngHeader(30_000, 100), "long.png", "inputs", 422, "image.too-large"],
  ["a folder outside", () => pictureOf("#2020c0"), "a.png", "../outside", 403, "file.outside-workspace"],
  ["a folder that leads out", () => pictureOf("#2020c0"), "a.png", "inputs/away", 403, "file.outside-workspace"],
  ["the state folder", () => pictureOf("#2020c0"), "a.png", ".inlay/artifacts", 403, "file.outside-workspace"],
  ["a device of Windows", () => pictureOf("#2020c0"), "nul.png", "inputs", 422, "file.bad-name"],
] as const)("%s is refused, and nothing of it stays", async (_what, make, name, folder, status, code) => {
  const before = await kept();
  const answer = await send(`/api/uploads?name=${name}&folder=${encodeURIComponent(folder)}`, await make());
  const { error } = (await answer.json()) as { error: { code: string } };
  expect([answer.status, error.code]).toEqual([status, code]);
  expect(await kept()).toEqual(before);
  expect(await readdir(outside)).toEqual([]);
  expect(
    (await readdir(join(workspace, "inputs"))).filter((found) => found.startsWith("no") || found.startsWith("l")),
  ).toEqual([]);
});

/** The names of all artifacts, and of what a write has left. */
async function kept(): Promise<string[]> {
  const folder = join(workspace, ".inlay", "artifacts");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}
