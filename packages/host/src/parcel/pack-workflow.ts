import { createHash, hash } from "node:crypto";
import { readWorkflow } from "@inlay/engine";
import type { Workflow } from "@inlay/engine";
import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { openInside } from "../confine.ts";
import { fileError } from "../file-error.ts";
import { invalidWorkflow } from "../workflows/invalid-workflow.ts";
import { checkNames, manifestName, parcelLimits } from "./manifest.ts";
import type { ParcelItem, ParcelManifest } from "./manifest.ts";
import { namedFiles } from "./named-files.ts";
import { parcelError } from "./parcel-error.ts";

export interface PackOptions {
  /** The workflow file, byte for byte. */
  readonly text: Uint8Array;
  /** Where it is to lie in the workspace of who unpacks it, such as `workflows/cup.json`. */
  readonly path: string;
  /** The workspace's real path: the workflow's files are read from here. */
  readonly dir: string;
}

/** A workflow with its files, ready to be written as one. */
export interface Parcel {
  readonly manifest: ParcelManifest;
  /** The ZIP archive in pieces; the same files give the same bytes. Fails with `file.changed` when one is another by now. */
  pieces(): AsyncGenerator<Uint8Array>;
  /** The workflow and its files, one by one. */
  files(): AsyncGenerator<ParcelFile>;
}

interface ParcelFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Gathers a workflow and every file of the workspace that it names. All of them are looked at before the first byte is
 * given. Fails with `workflow.invalid` when the text is no workflow, `file.*` when a file is missing or outside, and
 * `parcel.*` when they do not go into one.
 */
export async function packWorkflow({ text, path, dir }: PackOptions): Promise<Parcel> {
  const { workflow, diagnostics } = readWorkflow(Buffer.from(text).toString("utf8"));
  if (!workflow) throw invalidWorkflow(path, diagnostics);
  const files = await Promise.all(namesIn(workflow, path).map((name) => itemOf(dir, name)));
  const total = files.reduce((sum, { size }) => sum + size, 0);
  if (total > parcelLimits.total) {
    throw parcelError("parcel.too-large", "The workflow's files are too large for one parcel.", {
      expected: `at most ${parcelLimits.total} bytes`,
      received: `${total} bytes`,
    });
  }
  const workflowItem = { path, sha256: hash("sha256", text), size: text.byteLength };
  const manifest: ParcelManifest = { inlayParcel: 1, workflow: workflowItem, files };
  return { manifest, pieces: () => zipped(manifest, text, dir), files: () => filesOf(manifest, text, dir) };
}

function namesIn(workflow: Workflow, path: string): readonly string[] {
  const names = namedFiles(workflow).toSorted();
  if (names.length > parcelLimits.files) {
    throw parcelError("parcel.too-large", "The workflow names too many files for one parcel.", {
      expected: `at most ${parcelLimits.files}`,
      received: `${names.length}`,
    });
  }
  checkNames([manifestName, path, ...names]);
  return names;
}

async function itemOf(dir: string, path: string): Promise<ParcelItem> {
  const { handle } = await openInside(dir, path);
  try {
    const { size } = await handle.stat();
    if (size > parcelLimits.file) {
      const message = `\`${path}\` is too large for a parcel.`;
      throw fileError("file.too-large", { path, message, expected: `at most ${parcelLimits.file} bytes` });
    }
    const digest = createHash("sha256");
    for await (const piece of handle.createReadStream({ autoClose: false, start: 0 })) digest.update(piece as Buffer);
    return { path, sha256: digest.digest("hex"), size };
  } finally {
    await handle.close();
  }
}

/** Texts are deflated, pictures are not: they are compressed already. */
async function* zipped(manifest: ParcelManifest, text: Uint8Array, dir: string): AsyncGenerator<Uint8Array> {
  const made: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    made.push(piece);
  });
  const add = (name: string, bytes: Uint8Array, isText: boolean): Uint8Array[] => {
    const entry = isText ? new ZipDeflate(name, { level: 9 }) : new ZipPassThrough(name);
    entry.mtime = new Date(1980, 0, 1);
    zip.add(entry);
    entry.push(bytes, true);
    return made.splice(0);
  };
  yield* add(manifestName, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), true);
  for await (const { path, bytes } of filesOf(manifest, text, dir)) {
    yield* add(path, bytes, path === manifest.workflow.path);
  }
  zip.end();
  yield* made;
}

async function* filesOf(
  { workflow, files }: ParcelManifest,
  text: Uint8Array,
  dir: string,
): AsyncGenerator<ParcelFile> {
  yield { path: workflow.path, bytes: text };
  for (const item of files) yield { path: item.path, bytes: await readUnchanged(dir, item) };
}

async function readUnchanged(dir: string, { path, sha256 }: ParcelItem): Promise<Uint8Array> {
  const { handle } = await openInside(dir, path);
  try {
    const bytes = await handle.readFile();
    if (hash("sha256", bytes) === sha256) return bytes;
  } finally {
    await handle.close();
  }
  const message = `\`${path}\` was changed while it was packed.`;
  throw fileError("file.changed", { path, message, suggestion: "Pack again." });
}
