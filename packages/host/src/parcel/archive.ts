import { createHash } from "node:crypto";
import { openPromise } from "yauzl";
import type { Entry, ZipFile } from "yauzl";
import { isMissing, readError } from "../file-error.ts";
import { checkNames, parcelLimits } from "./manifest.ts";
import { parcelError } from "./parcel-error.ts";

/** What an entry must be. */
interface ExpectedEntry {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
}

/** A ZIP archive whose list of entries has been found harmless. */
export interface Archive {
  /** The files in it, by name. */
  readonly names: ReadonlySet<string>;
  /** A small entry as text. Fails with `parcel.content` when it is not there, `parcel.too-large` beyond the limit. */
  text(name: string, limit: number): Promise<string>;
  /** An entry's bytes in pieces; fails with `parcel.content` at the end when they are not what is expected. */
  pieces(expected: ExpectedEntry): AsyncGenerator<Uint8Array>;
  close(): void;
}

/** An archive that is small and unpacks to this much is not a bomb, whatever it is. */
const harmless = 64 * 2 ** 20;
/** Pictures do not compress, JSON twentyfold; a bomb does a thousandfold. */
const mostRatio = 200;

const typeOfFile = 0o170000;
const regularFile = 0o100000;
const folder = 0o040000;

/**
 * Opens a ZIP archive that may come from anybody. Names, kinds and sizes are checked before a byte is unpacked, and while
 * one is unpacked it may not grow beyond the size that the list says. Fails with `parcel.*` or `file.*`.
 */
export async function openArchive(path: string): Promise<Archive> {
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true };
  const zip = await openPromise(path, options).catch((error: unknown) => {
    throw isMissing(error) || isSystemError(error) ? readError(path, error) : broken(error);
  });
  try {
    const entries = await readEntries(zip);
    return {
      names: new Set(entries.keys()),
      text: (name, limit) => readText(zip, entries, name, limit),
      pieces: (expected) => piecesOf(zip, entries, expected),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

type Entries = ReadonlyMap<string, Entry>;

async function readEntries(zip: ZipFile): Promise<Entries> {
  const entries = new Map<string, Entry>();
  const names: string[] = [];
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      const name = decodeName(entry);
      requireKind(entry, name);
      // An unpacked and packed again parcel has entries for folders too.
      if (name.endsWith("/") && entry.uncompressedSize === 0) continue;
      if (names.push(name) > parcelLimits.files + 2) throw tooLarge("has more files than a parcel may");
      total += entry.uncompressedSize;
      if (entry.uncompressedSize > parcelLimits.file || total > parcelLimits.total)
        throw tooLarge("unpacks to too much");
      entries.set(name, entry);
    }
  } catch (error) {
    throw broken(error);
  }
  if (total > harmless && total > zip.fileSize * mostRatio) throw tooLarge("unpacks to far more than it weighs");
  checkNames(names);
  return entries;
}

function decodeName({ fileName }: Entry): string {
  // With `decodeStrings: false` names are bytes, whatever the types say.
  const bytes = fileName as unknown as Buffer;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const name = bytes.toString("latin1");
    throw parcelError("parcel.name", "The parcel holds a name that is not UTF-8.", { received: name, cause });
  }
}

/** What a Unix archive says of an entry's kind: a file, or a folder whose name says so too. */
function requireKind({ externalFileAttributes }: Entry, name: string): void {
  const kind = (externalFileAttributes >>> 16) & typeOfFile;
  if (kind === 0 || kind === regularFile || (kind === folder && name.endsWith("/"))) return;
  throw parcelError("parcel.link", `The parcel's \`${name}\` is a link or a device, not a file.`, { received: name });
}

async function readText(zip: ZipFile, entries: Entries, name: string, limit: number): Promise<string> {
  const entry = entries.get(name);
  if (!entry) throw parcelError("parcel.content", `The parcel holds no \`${name}\`.`, { expected: name });
  if (entry.uncompressedSize > limit) throw tooLarge(`holds a \`${name}\` that is too large`);
  const pieces: Uint8Array[] = [];
  for await (const piece of unpacked(zip, entry)) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}

async function* piecesOf(zip: ZipFile, entries: Entries, expected: ExpectedEntry): AsyncGenerator<Uint8Array> {
  const { path, sha256, size } = expected;
  const entry = entries.get(path);
  if (!entry) throw parcelError("parcel.content", `The parcel holds no \`${path}\`.`, { expected: path });
  if (entry.uncompressedSize !== size) throw otherContent(path, `${size} bytes`, `${entry.uncompressedSize} bytes`);
  const digest = createHash("sha256");
  for await (const piece of unpacked(zip, entry)) {
    digest.update(piece);
    yield piece;
  }
  const received = digest.digest("hex");
  if (received !== sha256) throw otherContent(path, sha256, received);
}

/** An entry's bytes, and never more than its size. */
async function* unpacked(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  let size = 0;
  try {
    for await (const piece of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > entry.uncompressedSize) throw tooLarge("holds an entry that is larger than it says");
      yield piece;
    }
  } catch (error) {
    throw broken(error);
  }
  if (size !== entry.uncompressedSize) throw broken(new Error(`${size} of ${entry.uncompressedSize} bytes`));
}

function otherContent(path: string, expected: string, received: string): Error {
  const message = `The parcel's \`${path}\` is not what its list says.`;
  return parcelError("parcel.content", message, { expected, received, suggestion: "Ask for the parcel again." });
}

function tooLarge(what: string): Error {
  return parcelError("parcel.too-large", `The parcel ${what}.`, {
    expected: `at most ${parcelLimits.files} files, ${parcelLimits.file / 2 ** 20} MiB each, ${parcelLimits.total / 2 ** 30} GiB in all`,
  });
}

/** An error of the archive's format; our own pass. */
function broken(cause: unknown): Error {
  if (cause instanceof Error && "code" in cause && String(cause.code).startsWith("parcel.")) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return parcelError("parcel.broken", `This is no parcel, or a damaged one (${reason}).`, { cause });
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}
