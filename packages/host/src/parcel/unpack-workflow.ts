import { hash } from "node:crypto";
import { mkdir, realpath, rmdir } from "node:fs/promises";
import { maxJsonBytes, readWorkflow } from "@inlay/engine";
import { writeError } from "../file-error.ts";
import { invalidWorkflow } from "../workflows/invalid-workflow.ts";
import { openArchive } from "./archive.ts";
import type { Archive } from "./archive.ts";
import { itemsOf, manifestName, parcelLimits, readManifest } from "./manifest.ts";
import type { ParcelItem, ParcelManifest } from "./manifest.ts";
import { namedFiles, renameFiles } from "./named-files.ts";
import { parcelError } from "./parcel-error.ts";
import { placeFiles, planPlaces } from "./place-files.ts";
import type { FileToPlace, OnExists, Place } from "./place-files.ts";

export interface UnpackOptions {
  /** The parcel's file. */
  readonly file: string;
  /** The folder to unpack into, made when it is not there; usually a workspace. */
  readonly dir: string;
  /**
   * What becomes of files that exist with other content: `error` refuses all, `overwrite` replaces them, `number` gives
   * the parcel's another name and says so in the workflow.
   */
  readonly onExists: OnExists;
  /** Puts a workflow that lies in the parcel's root into this folder. */
  readonly workflowFolder?: string;
}

/** What was unpacked. */
export interface Unpacked {
  /** The workflow's path in the folder. */
  readonly workflow: string;
  readonly files: readonly UnpackedFile[];
}

/** A file of the parcel, and where it is now. */
interface UnpackedFile {
  readonly path: string;
  readonly size: number;
  readonly state: Place["state"];
  /** Its name in the parcel, where that was taken. */
  readonly was?: string;
}

/**
 * Unpacks a parcel, which may come from anybody: all of it or nothing. Names, sizes and SHA-256 are checked, nothing leaves
 * the folder, nothing runs. Fails with `parcel.*`, `workflow.invalid`, `file.*` or `disk.full`.
 */
export async function unpackWorkflow({ file, dir, onExists, workflowFolder }: UnpackOptions): Promise<Unpacked> {
  const archive = await openArchive(file);
  try {
    const manifest = await checkedManifest(archive);
    const text = await readVerified(archive, manifest.workflow);
    requireFiles(text, manifest);
    return await inFolder(dir, async (root) => {
      const files = manifest.files.map((item) => ({ ...item, pieces: () => archive.pieces(item) }));
      const places = await planPlaces(root, files, onExists);
      const workflow = workflowFile(text, manifest.workflow.path, places, workflowFolder);
      const all = [...places, ...(await planPlaces(root, [workflow], onExists))];
      // The workflow comes last: it never stands there without its pictures.
      await placeFiles(root, all);
      return { workflow: all.at(-1)!.path, files: all.slice(0, -1).map(toUnpacked) };
    });
  } finally {
    archive.close();
  }
}

/** The list of contents, which must be that of the archive: no more and no less. */
async function checkedManifest(archive: Archive): Promise<ParcelManifest> {
  if (!archive.names.has(manifestName)) {
    throw parcelError("parcel.manifest", `This archive is no parcel: it has no \`${manifestName}\`.`, {
      suggestion: "Parcels are made by `inlay pack` and by the editor.",
    });
  }
  const manifest = readManifest(await archive.text(manifestName, parcelLimits.manifest));
  const listed = new Set([manifestName, ...itemsOf(manifest).map(({ path }) => path)]);
  for (const name of archive.names) {
    if (listed.has(name)) continue;
    throw parcelError("parcel.content", `The parcel holds \`${name}\`, which is not in its list.`, { received: name });
  }
  for (const name of listed) {
    if (archive.names.has(name)) continue;
    throw parcelError("parcel.content", `The parcel holds no \`${name}\`, which is in its list.`, { expected: name });
  }
  return manifest;
}

async function readVerified(archive: Archive, item: ParcelItem): Promise<string> {
  if (item.size > maxJsonBytes) throw parcelError("parcel.too-large", "The parcel's workflow is too large.");
  const pieces: Uint8Array[] = [];
  for await (const piece of archive.pieces(item)) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}

/** Only a workflow comes out as one, and only with files that it names: a parcel plants nothing else in a workspace. */
function requireFiles(text: string, { workflow: { path }, files }: ParcelManifest): void {
  const { workflow, diagnostics } = readWorkflow(text);
  if (!workflow) throw invalidWorkflow(path, diagnostics);
  if (!path.toLowerCase().endsWith(".json")) {
    throw parcelError("parcel.name", `The parcel's workflow is called \`${path}\`.`, {
      expected: "a name with `.json`",
    });
  }
  const named = new Set(namedFiles(workflow));
  const stranger = files.find((file) => !named.has(file.path));
  if (stranger) {
    const message = `The parcel holds \`${stranger.path}\`, which its workflow does not name.`;
    throw parcelError("parcel.content", message, { received: stranger.path });
  }
  const held = new Set(files.map((file) => file.path));
  const missing = [...named].find((name) => !held.has(name));
  if (missing !== undefined) {
    throw parcelError("parcel.content", `The parcel lacks \`${missing}\`, which its workflow names.`, {
      expected: missing,
    });
  }
}

function workflowFile(text: string, path: string, places: readonly Place[], folder: string | undefined): FileToPlace {
  const renamed = new Map(
    places.flatMap((place) => (place.path === place.file.path ? [] : [[place.file.path, place.path]])),
  );
  const bytes = Buffer.from(renamed.size > 0 ? renameFiles(text, renamed) : text);
  return {
    path: folder !== undefined && !path.includes("/") ? `${folder}/${path}` : path,
    sha256: hash("sha256", bytes),
    size: bytes.byteLength,
    async *pieces() {
      yield bytes;
    },
  };
}

/** Makes the folder, and takes it away again when it is new and nothing came into it. */
async function inFolder<T>(dir: string, work: (root: string) => Promise<T>): Promise<T> {
  const made = await mkdir(dir, { recursive: true }).catch((error: unknown) => {
    throw writeError(dir, error);
  });
  try {
    return await work(await realpath(dir));
  } catch (error) {
    if (made !== undefined) await rmdir(dir).catch(() => undefined);
    throw error;
  }
}

function toUnpacked({ path, state, file }: Place): UnpackedFile {
  return { path, size: file.size, state, ...(path !== file.path && { was: file.path }) };
}
