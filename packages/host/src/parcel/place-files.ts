import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { link, lstat, mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { removeAbandoned, syncFolder } from "../atomic-file.ts";
import { errno, fileError, isMissing, writeError } from "../file-error.ts";
import { numbered, writableParts } from "../file-names.ts";
import { makeFolder } from "../output-folder.ts";

/** What becomes of a file whose name is taken by another one. */
export type OnExists = "error" | "overwrite" | "number";

/** A file that is to be put into a folder. */
export interface FileToPlace {
  /** Relative to the folder, `/` between its parts. */
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
  pieces(): AsyncIterable<Uint8Array>;
}

/** Where a file goes. */
export interface Place {
  readonly file: FileToPlace;
  /** Relative to the folder; another name than the file's own when that was taken. */
  readonly path: string;
  /** `unchanged`: the same bytes are there. */
  readonly state: "new" | "unchanged" | "replaced";
}

const mostNumbers = 1000;

/**
 * Where each file of a folder will go, without writing. Fails with `file.exists`, naming all of them, when names are taken
 * by other files and none may be replaced.
 */
export async function planPlaces(dir: string, files: readonly FileToPlace[], onExists: OnExists): Promise<Place[]> {
  const places: Place[] = [];
  const taken: string[] = [];
  const claimed = new Set(files.map(({ path }) => path));
  for (const file of files) {
    const place = await placeOf(dir, file, { onExists, claimed });
    claimed.add(place?.path ?? file.path);
    if (place) places.push(place);
    else taken.push(file.path);
  }
  const [first] = taken;
  if (first === undefined) return places;
  const rest = taken.length > 1 ? ` and ${taken.length - 1} more exist` : " exists";
  throw fileError("file.exists", {
    path: taken.join(", "),
    message: `\`${first}\`${rest} and has other content; nothing was written.`,
    suggestion: "Unpack into another folder, or say what is to happen with files that exist.",
  });
}

interface Wishes {
  readonly onExists: OnExists;
  /** Names that files of the parcel will have: no other one may get them. */
  readonly claimed: ReadonlySet<string>;
}

async function placeOf(dir: string, file: FileToPlace, { onExists, claimed }: Wishes): Promise<Place | undefined> {
  for (let number = 1; number <= mostNumbers; number++) {
    const path = number === 1 ? file.path : join(dirname(file.path), numbered(basename(file.path), number));
    if (number > 1 && claimed.has(path)) continue;
    const present = await lookAt(join(dir, path), file);
    if (present === "free") return { file, path, state: "new" };
    if (present === "same") return { file, path, state: "unchanged" };
    if (onExists === "overwrite" && present === "other") return { file, path, state: "replaced" };
    if (onExists !== "number") return undefined;
  }
  return undefined;
}

/** What stands at a path: nothing, the same bytes, another file, or what is no file and stays. */
async function lookAt(path: string, { sha256, size }: FileToPlace): Promise<"free" | "same" | "other" | "no-file"> {
  try {
    const info = await lstat(path);
    if (!info.isFile()) return "no-file";
    if (info.size !== size) return "other";
    const digest = createHash("sha256");
    for await (const piece of createReadStream(path)) digest.update(piece as Buffer);
    return digest.digest("hex") === sha256 ? "same" : "other";
  } catch (error) {
    if (isMissing(error)) return "free";
    throw writeError(path, error);
  }
}

/**
 * Writes files into a folder, all or none: they are unpacked and verified in a folder of their own on the same disk first,
 * and then moved. When a move fails, what was moved goes back. Nothing is put in the place of a file that the plan did
 * not see.
 */
export async function placeFiles(dir: string, places: readonly Place[]): Promise<void> {
  const written = places.filter(({ state }) => state !== "unchanged");
  if (written.length === 0) return;
  await removeAbandoned(dir);
  const staging = join(dir, `.inlay-${randomBytes(8).toString("hex")}.tmp`);
  const undo: (() => Promise<void>)[] = [];
  try {
    await mkdir(staging);
    for (const [index, { file }] of written.entries()) await writeStaged(join(staging, `${index}`), file);
    for (const [index, place] of written.entries()) undo.push(await move(dir, staging, index, place));
  } catch (error) {
    for (const back of undo.toReversed()) await back().catch(() => undefined);
    throw writeError(dir, error);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function writeStaged(path: string, file: FileToPlace): Promise<void> {
  const handle = await open(path, "wx");
  try {
    for await (const piece of file.pieces()) await handle.appendFile(piece);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Moves a staged file to its place. Returns what takes it back. */
async function move(dir: string, staging: string, index: number, { path, state }: Place): Promise<() => Promise<void>> {
  const staged = join(staging, `${index}`);
  const parts = writableParts(path);
  const { path: folder } = await makeFolder(dir, dirname(join(dir, ...parts)), path);
  const target = join(folder, parts.at(-1)!);
  if (state === "new") {
    // A link never replaces a file that came meanwhile, as a rename would.
    await link(staged, target).catch((error: unknown) => {
      if (errno(error) !== "EEXIST") throw error;
      throw fileError("file.exists", { path, message: `\`${path}\` came while the parcel was unpacked.` });
    });
    await syncFolder(folder);
    return () => rm(target, { force: true });
  }
  const old = join(staging, `${index}.old`);
  await link(target, old);
  await rename(staged, target);
  await syncFolder(folder);
  return () => rename(old, target);
}
