import { createHash, hash } from "node:crypto";
import type { NodeOutputs, Samples } from "@inlay/engine";

/**
 * The form of an entry: `INLAYR1\n`, the header's length as eight hex digits and a line feed, the SHA-256 of all that
 * follows as 64 hex digits and a line feed, the header (JSON), zeros up to a multiple of eight, then the typed arrays,
 * each at a multiple of eight, in the machine's byte order. Without a checksum there are 64 zeros in its place.
 */
const magic = "INLAYR1\n";
const checksumAt = magic.length + 9;
const headerAt = checksumAt + 65;

/** Where the header of an entry begins. */
export const headerStart = headerAt;

/** Longer headers are not looked into. */
const longestHeader = 2 ** 26;

/** The length of an entry's header, from the bytes before it; undefined when this is no entry. */
export function headerBytes(start: Uint8Array): number | undefined {
  const text = Buffer.from(start.buffer, start.byteOffset, start.byteLength).toString("latin1");
  const length = Number.parseInt(text.slice(magic.length, checksumAt - 1), 16);
  return text.startsWith(magic) && length <= longestHeader ? length : undefined;
}

/** Deeper values are not worth keeping; workflow files nest 64 levels at most. */
const deepest = 100;

const arrayTypes = { u8: Uint8Array, u16: Uint16Array, f32: Float32Array } as const;
type ArrayType = keyof typeof arrayTypes;

/** Where a typed array lies: its type, its offset behind the header, its number of elements. */
type Place = readonly [type: ArrayType, offset: number, length: number];

/** JSON in which `{ "$a": place }` is a typed array and `{ "$o": object }` an object that has such a key of its own. */
type Stored = null | boolean | number | string | readonly Stored[] | { readonly [key: string]: Stored };

/** Outputs that fit a file: their size in it, and its parts in order. Samples are parts as they are, not copies. */
export interface EncodableOutputs {
  readonly byteLength: number;
  /** @param isSummed false leaves the checksum out, which takes most of the time: for files that are known to be whole */
  encode(isSummed?: boolean): readonly Uint8Array[];
}

/**
 * A node's outputs as bytes: JSON values, and typed arrays within them as they are.
 * @returns undefined for what JSON and typed arrays cannot hold, such as a function, a NaN or a class instance
 */
export function encodableOutputs(outputs: NodeOutputs): EncodableOutputs | undefined {
  const arrays: Samples[] = [];
  const stored = toStored(outputs, arrays, 0);
  if (stored === undefined) return undefined;
  const header = Buffer.from(JSON.stringify(stored));
  const bodyAt = aligned(headerAt + header.length);
  const byteLength = arrays.reduce((end, array) => aligned(end + array.byteLength), bodyAt);
  return { byteLength, encode: (isSummed = true) => encode(header, arrays, isSummed) };
}

function encode(header: Buffer, arrays: readonly Samples[], isSummed: boolean): readonly Uint8Array[] {
  const body = [header, padding(headerAt + header.length)];
  for (const { buffer, byteOffset, byteLength } of arrays)
    body.push(Buffer.from(buffer, byteOffset, byteLength), padding(byteLength));
  const sum = isSummed ? sumOf(body) : noSum;
  return [Buffer.from(`${magic}${header.length.toString(16).padStart(8, "0")}\n${sum}\n`), ...body];
}

const noSum = "0".repeat(64);

function sumOf(parts: readonly Uint8Array[]): string {
  const sha256 = createHash("sha256");
  for (const part of parts) sha256.update(part);
  return sha256.digest("hex");
}

function padding(offset: number): Buffer {
  return Buffer.alloc(aligned(offset) - offset);
}

/**
 * The outputs that were encoded, or undefined when the bytes are not whole. Typed arrays are views of the bytes.
 * @param isKnownWhole they are not summed again
 */
export function decodeOutputs(bytes: Uint8Array, isKnownWhole = false): NodeOutputs | undefined {
  // Views of 16 and 32 bits need an aligned start.
  const { buffer: memory, byteOffset } = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const buffer = Buffer.from(memory, byteOffset, bytes.byteLength);
  const start = buffer.toString("latin1", 0, headerAt);
  const headerLength = Number.parseInt(start.slice(magic.length, checksumAt - 1), 16);
  if (!start.startsWith(magic) || !(headerAt + headerLength <= buffer.length)) return undefined;
  if (!isKnownWhole && hash("sha256", buffer.subarray(headerAt)) !== start.slice(checksumAt, headerAt - 1))
    return undefined;
  try {
    const stored = JSON.parse(buffer.toString("utf8", headerAt, headerAt + headerLength)) as Stored;
    return fromStored(stored, buffer.subarray(aligned(headerAt + headerLength))) as NodeOutputs;
  } catch {
    return undefined;
  }
}

function aligned(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}

function toStored(value: unknown, arrays: Samples[], depth: number): Stored | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "object" || depth > deepest) return undefined;
  if (ArrayBuffer.isView(value)) return storedArray(value, arrays);
  if (Array.isArray(value)) return storedList(value, arrays, depth);
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? storedObject(value, arrays, depth) : undefined;
}

function storedArray(value: ArrayBufferView, arrays: Samples[]): Stored | undefined {
  const place = (type: ArrayType, array: Samples): Stored => {
    const offset = arrays.reduce((end, { byteLength }) => aligned(end + byteLength), 0);
    arrays.push(array);
    return { $a: [type, offset, array.length] };
  };
  if (value instanceof Uint8Array) return place("u8", value);
  if (value instanceof Uint16Array) return place("u16", value);
  if (value instanceof Float32Array) return place("f32", value);
  return undefined;
}

function storedList(value: readonly unknown[], arrays: Samples[], depth: number): Stored | undefined {
  const items: Stored[] = [];
  for (const item of value) {
    const stored = toStored(item, arrays, depth + 1);
    if (stored === undefined) return undefined;
    items.push(stored);
  }
  return items;
}

function storedObject(value: object, arrays: Samples[], depth: number): Stored | undefined {
  const members: [string, Stored][] = [];
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const stored = toStored(member, arrays, depth + 1);
    if (stored === undefined) return undefined;
    members.push([key, stored]);
  }
  const object = Object.fromEntries(members);
  return "$a" in object || "$o" in object ? { $o: object } : object;
}

function fromStored(stored: Stored, body: Uint8Array): unknown {
  if (typeof stored !== "object" || stored === null) return stored;
  if (isList(stored)) return stored.map((item) => fromStored(item, body));
  if (stored["$a"] !== undefined) return arrayAt(stored["$a"] as unknown as Place, body);
  const object = stored["$o"] ?? stored;
  return Object.fromEntries(Object.entries(object as object).map(([key, member]) => [key, fromStored(member, body)]));
}

function isList(stored: Stored): stored is readonly Stored[] {
  return Array.isArray(stored);
}

/** Throws when the place lies outside. */
function arrayAt([type, offset, length]: Place, body: Uint8Array): Samples {
  return new arrayTypes[type](body.buffer as ArrayBuffer, body.byteOffset + offset, length);
}
