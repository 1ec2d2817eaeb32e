import { hash } from "node:crypto";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { errorData, readWorkflow } from "@inlay/engine";
import type { ErrorData } from "@inlay/engine";
import { zipSync } from "fflate";
import type { Zippable } from "fflate";
import { beforeEach, describe, expect, test } from "vitest";
import { tempFolder } from "../../test/support/temp-workspace.ts";
import { manifestName } from "./manifest.ts";
import { packWorkflow } from "./pack-workflow.ts";
import { unpackWorkflow } from "./unpack-workflow.ts";

const load = (source: unknown) => ({ type: "image/load", version: 1, inputs: { source } });
const workflowNaming = (...paths: string[]): string =>
  `${JSON.stringify({ inlay: 1, nodes: Object.fromEntries(paths.map((path, i) => [`n${i}`, load({ $file: path })])) })}\n`;

let dir: string;
let out: string;
beforeEach(async () => {
  [dir, out] = [await tempFolder(), await tempFolder()];
});

async function put(root: string, path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

async function packed(text: string, path = "cup.json"): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of (await packWorkflow({ text: Buffer.from(text), path, dir })).pieces()) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function filesIn(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.flatMap((e) => (e.isFile() ? [join(e.parentPath, e.name).slice(root.length + 1)] : [])).toSorted();
}

async function unpack(bytes: Uint8Array, onExists: "error" | "overwrite" | "number" = "error") {
  const file = join(dir, "x.inlay");
  await writeFile(file, bytes);
  return unpackWorkflow({ file, dir: out, onExists });
}

async function refusal(bytes: Uint8Array): Promise<ErrorData> {
  const before = await filesIn(out);
  const error = await unpack(bytes).then(
    () => ({ code: "none" }),
    (thrown: unknown) => errorData(thrown),
  );
  expect(await filesIn(out)).toEqual(before);
  return error as ErrorData;
}

const sha = (content: string | Uint8Array): string => hash("sha256", content);
const item = (path: string, content: string) => ({ path, sha256: sha(content), size: Buffer.byteLength(content) });

/** An archive as an attacker makes it, with a list that fits unless it is said otherwise. */
function archive(files: Record<string, string>, more: { workflow?: string; zip?: Zippable; manifest?: unknown } = {}) {
  const workflow = more.workflow ?? workflowNaming(...Object.keys(files));
  const manifest = more.manifest ?? {
    inlayParcel: 1,
    workflow: item("cup.json", workflow),
    files: Object.entries(files).map(([path, content]) => item(path, content)),
  };
  const entries = Object.entries({ [manifestName]: JSON.stringify(manifest), "cup.json": workflow, ...files });
  return zipSync({ ...Object.fromEntries(entries.map(([name, text]) => [name, Buffer.from(text)])), ...more.zip });
}

describe("packing", () => {
  test("a parcel unpacks to the same bytes: the workflow and every file that it names, once", async () => {
    const asset = { name: "mask.png", mime: "image/png", size: 4, path: "masks/m.png" };
    const text = JSON.stringify({
      inlay: 1,
      inputs: { photo: { type: "image", default: { $file: "./in/cup.png" } } },
      assets: { [sha("mask")]: asset },
      nodes: {
        a: load({ $file: "in/cup.png" }),
        b: load({ $file: "https://example.com/not-packed.png" }),
        c: load({ $asset: sha("mask") }),
        d: { type: "value/list", version: 1, inputs: { items: [{ $file: "in/list.png" }] } },
        e: { type: "image/load", version: 1, inputs: {}, pinned: { image: { $file: "pinned/e.png" } } },
      },
      workflows: { part: { nodes: { inner: load({ $file: "in/deep.png" }) } } },
    });
    const names = ["in/cup.png", "in/list.png", "masks/m.png", "pinned/e.png", "in/deep.png"];
    for (const name of names) await put(dir, name, name === "masks/m.png" ? "mask" : name);
    await put(dir, "in/stranger.png", "no");
    const unpacked = await unpack(await packed(text, "workflows/cup.json"));
    expect(await filesIn(out)).toEqual([...names, "workflows/cup.json"].toSorted());
    expect(await readFile(join(out, "workflows/cup.json"), "utf8")).toBe(text);
    expect(await readFile(join(out, "in/cup.png"), "utf8")).toBe("in/cup.png");
    expect(unpacked.workflow).toBe("workflows/cup.json");
  });

  test("the same files give the same bytes", async () => {
    await put(dir, "a.png", "a");
    expect(await packed(workflowNaming("a.png"))).toEqual(await packed(workflowNaming("a.png")));
  });

  test.each([
    ["a missing file", "gone.png", "file.not-found"],
    ["a file that hides", ".env", "parcel.name"],
    ["Inlay's own folder", ".inlay/salt", "file.outside-workspace"],
    ["a link that leads out", "out.png", "file.outside-workspace"],
  ])("%s is refused", async (_what, path, code) => {
    await put(dir, ".env", "SECRET");
    await symlink("/etc/hostname", join(dir, "out.png"));
    const error = await packed(workflowNaming(path)).catch((thrown: unknown) => errorData(thrown));
    expect(error).toMatchObject({
      code: code === "file.outside-workspace" && path !== "out.png" ? "parcel.name" : code,
    });
  });
});

describe("files that exist", () => {
  test("are not replaced without being told, and nothing is written", async () => {
    await put(out, "a.png", "mine");
    expect(await refusal(archive({ "a.png": "theirs", "b.png": "b" }))).toMatchObject({
      code: "file.exists",
      received: "a.png",
    });
    expect(await readFile(join(out, "a.png"), "utf8")).toBe("mine");
  });

  test("with the same content are left alone", async () => {
    await put(out, "a.png", "a");
    const { files } = await unpack(archive({ "a.png": "a" }));
    expect(files).toEqual([{ path: "a.png", size: 1, state: "unchanged" }]);
  });

  test("are replaced with `overwrite`", async () => {
    await put(out, "a.png", "mine");
    expect((await unpack(archive({ "a.png": "theirs" }), "overwrite")).files[0]).toMatchObject({ state: "replaced" });
    expect(await readFile(join(out, "a.png"), "utf8")).toBe("theirs");
    expect(await filesIn(out)).toEqual(["a.png", "cup.json"]);
  });

  test("stay with `number`, and the workflow names the parcel's own", async () => {
    await put(out, "a.png", "mine");
    const { workflow, files } = await unpack(archive({ "a.png": "theirs", "a-2.png": "other" }), "number");
    expect(files.map(({ path, was }) => [path, was])).toEqual([
      ["a-3.png", "a.png"],
      ["a-2.png", undefined],
    ]);
    const { workflow: read } = readWorkflow(await readFile(join(out, workflow), "utf8"));
    expect(read?.nodes["n0"]?.inputs["source"]).toEqual({ $file: "a-3.png" });
    expect(await readFile(join(out, "a.png"), "utf8")).toBe("mine");
  });

  test("a folder where a file goes is never replaced", async () => {
    await mkdir(join(out, "a.png"));
    const error = await unpack(archive({ "a.png": "a" }), "overwrite").catch((thrown: unknown) => errorData(thrown));
    expect(error).toMatchObject({ code: "file.exists" });
  });

  test("a link in the folder that leads out of it is not followed", async () => {
    await symlink(dir, join(out, "in"));
    // The first file is in its place already, and goes back.
    const bytes = archive({ "a.png": "a", "in/b.png": "b" });
    expect(await refusal(bytes)).toMatchObject({ code: "file.outside-workspace" });
    expect(await filesIn(dir)).toEqual(["x.inlay"]);
  });
});

describe("hostile archives write nothing", () => {
  const names = [
    "/etc/x.png",
    "../x.png",
    "a/../../x.png",
    "C:/x.png",
    "a\\x.png",
    "\\\\host\\x.png",
    "a/./x.png",
    ".inlay/x.png",
  ];
  test.each([
    ...names,
    ".git/hooks/x",
    "node_modules/x/index.js",
    "package.json",
    "a\0.png",
    "nul.png",
    "a/",
    "x.png ",
    "a:b.png",
    "a\n.png",
  ])("name %j", async (name) => {
    const { code } = await refusal(archive({}, { zip: { [name]: Buffer.from("x") } }));
    expect(code).toBe("parcel.name");
    const manifest = { inlayParcel: 1, workflow: item("cup.json", workflowNaming()), files: [item(name, "x")] };
    expect((await refusal(archive({}, { manifest }))).code).toBe("parcel.name");
  });

  test("a symbolic link", async () => {
    const entry: Zippable[string] = [Buffer.from("/etc/passwd"), { os: 3, attrs: 0o120777 << 16 }];
    expect(await refusal(archive({}, { zip: { "a.png": entry } }))).toMatchObject({
      code: "parcel.link",
      received: "a.png",
    });
  });

  test("a device", async () => {
    const entry: Zippable[string] = [Buffer.from(""), { os: 3, attrs: 0o020666 << 16 }];
    expect((await refusal(archive({}, { zip: { "a.png": entry } }))).code).toBe("parcel.link");
  });

  test("a name twice", async () => {
    const twice = Buffer.from(archive({ "a.png": "a", "b.png": "b" }));
    const other = Buffer.from(twice.toString("latin1").replaceAll("b.png", "a.png"), "latin1");
    expect((await refusal(other)).code).toBe("parcel.duplicate");
  });

  test.each([
    ["A.png", "a.png"],
    ["\u00e4.png", "a\u0308.png"],
  ])("%s beside %s", async (a, b) => {
    expect((await refusal(archive({ [a]: "1", [b]: "2" }))).code).toBe("parcel.duplicate");
  });

  test("a bomb, by its ratio before anything is unpacked", async () => {
    const zip: Zippable = { "a.png": [Buffer.alloc(70 * 2 ** 20), { level: 1 }] };
    expect((await refusal(archive({}, { zip }))).code).toBe("parcel.too-large");
  });

  test("an entry that says that it is smaller than it is", async () => {
    const bytes = Buffer.from(archive({ "a.png": "a".repeat(100_000) }));
    for (const at of places(bytes, "PK\x01\x02")) {
      if (bytes.toString("latin1", at + 46, at + 51) === "a.png") bytes.writeUInt32LE(10, at + 24);
    }
    expect((await refusal(bytes)).code).toMatch(/^parcel\.(content|broken|too-large)$/);
  });

  test("many entries", async () => {
    const zip = Object.fromEntries(Array.from({ length: 2100 }, (_, i) => [`${i}.png`, new Uint8Array(0)]));
    expect((await refusal(archive({}, { zip }))).code).toBe("parcel.too-large");
  });

  test("content that is not what the list says", async () => {
    const manifest = {
      inlayParcel: 1,
      workflow: item("cup.json", workflowNaming("a.png")),
      files: [item("a.png", "b")],
    };
    expect(await refusal(archive({ "a.png": "a" }, { manifest }))).toMatchObject({
      code: "parcel.content",
      expected: sha("b"),
      received: sha("a"),
    });
  });

  test("a file that is not in the list, one that is not there, one that the workflow does not name, one that it lacks", async () => {
    const stray = { "stray.png": Buffer.from("x") };
    expect((await refusal(archive({}, { zip: stray }))).received).toBe("stray.png");
    const manifest = {
      inlayParcel: 1,
      workflow: item("cup.json", workflowNaming("a.png")),
      files: [item("a.png", "a")],
    };
    expect((await refusal(archive({}, { manifest, workflow: workflowNaming("a.png") }))).expected).toBe("a.png");
    expect((await refusal(archive({ "a.png": "a" }, { workflow: workflowNaming() }))).received).toBe("a.png");
    expect((await refusal(archive({}, { workflow: workflowNaming("a.png") }))).expected).toBe("a.png");
  });

  test.each([
    ["no archive", "hello"],
    ["an empty file", ""],
    ["an archive that ends early", Buffer.from(archive({ "a.png": "a" })).subarray(0, 200)],
    ["a damaged directory", damaged()],
  ])("%s", async (_what, bytes) => {
    expect((await refusal(Buffer.from(bytes as string))).code).toBe("parcel.broken");
  });

  test("an archive that is no parcel, a newer parcel, and a list that is none", async () => {
    expect((await refusal(zipSync({ "a.png": Buffer.from("a") }))).code).toBe("parcel.manifest");
    expect((await refusal(archive({}, { manifest: { inlayParcel: 2 } }))).received).toBe("version 2");
    expect((await refusal(archive({}, { manifest: [1] }))).code).toBe("parcel.manifest");
  });

  test("a workflow that is none", async () => {
    expect((await refusal(archive({}, { workflow: "{}" }))).code).toBe("workflow.invalid");
  });

  test("any single byte turned: it is refused, or unpacks to exactly what was packed", async () => {
    const good = Buffer.from(archive({ "a.png": "a picture" }));
    for (let at = 0; at < good.length; at += 23) {
      const bad = Buffer.from(good);
      bad[at]! ^= 0x55;
      const root = await tempFolder();
      await writeFile(join(dir, "bad.inlay"), bad);
      const outcome = await unpackWorkflow({ file: join(dir, "bad.inlay"), dir: root, onExists: "error" }).catch(
        (error: unknown) => errorData(error).code,
      );
      if (typeof outcome === "string") {
        expect(outcome, `byte ${at}`).toMatch(/^parcel\./);
        expect(await filesIn(root)).toEqual([]);
      } else expect(await readFile(join(root, "a.png"), "utf8")).toBe("a picture");
    }
  });
});

function* places(bytes: Buffer, mark: string): Generator<number> {
  for (let at = bytes.indexOf(mark, 0, "latin1"); at >= 0; at = bytes.indexOf(mark, at + 1, "latin1")) yield at;
}

function damaged(): Buffer {
  const bytes = Buffer.from(archive({ "a.png": "a" }));
  for (const at of places(bytes, "PK\x01\x02")) bytes.fill(0xff, at, at + 4);
  return bytes;
}
