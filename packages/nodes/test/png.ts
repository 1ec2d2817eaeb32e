import { deflateSync, inflateSync } from "node:zlib";
import { chunk } from "./pictures.ts";

/** What a PNG file says, read by nothing but its specification. */
export interface PngFile {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly colourType: number;
  /** Samples in file order: of 8 or 16 bits as they are, of fewer bits as packed bytes. */
  readonly samples: readonly number[];
  /** Other chunks by type, such as `PLTE`. */
  readonly chunks: Readonly<Record<string, Uint8Array>>;
}

const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Writes a PNG file, its rows unfiltered. */
export function writePng({ width, height, bits, colourType, samples, chunks }: PngFile): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, colourType, 0, 0, 0], 8);
  const length = rowLength({ width, bits, colourType });
  const bytes = bits === 16 ? samples.flatMap((sample) => [sample >> 8, sample & 255]) : samples;
  const rows = Array.from({ length: height }, (_, y) => [0, ...bytes.slice(y * length, (y + 1) * length)]);
  const others = Object.entries(chunks).map(([type, data]) => chunk(type, data));
  const pixels = chunk("IDAT", deflateSync(Uint8Array.from(rows.flat())));
  return Buffer.concat([signature, chunk("IHDR", header), ...others, pixels, chunk("IEND")]);
}

/** Reads a PNG file without interlace. */
export function readPng(file: Uint8Array): PngFile {
  const bytes = Buffer.from(file);
  const chunks: Record<string, Buffer> = {};
  for (let at = signature.length; at < bytes.length; at += bytes.readUInt32BE(at) + 12) {
    const type = bytes.toString("latin1", at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at));
    chunks[type] = chunks[type] ? Buffer.concat([chunks[type], data]) : data;
  }
  const { IHDR, IDAT, IEND: _end, ...others } = chunks;
  const header = {
    width: IHDR!.readUInt32BE(0),
    height: IHDR!.readUInt32BE(4),
    bits: IHDR![8]!,
    colourType: IHDR![9]!,
  };
  const rows = unfilter(inflateSync(IDAT!), header);
  const wide = Array.from({ length: rows.length / 2 }, (_, i) => rows[2 * i]! * 256 + rows[2 * i + 1]!);
  return { ...header, samples: header.bits === 16 ? wide : rows, chunks: others };
}

type Row = Pick<PngFile, "width" | "bits" | "colourType">;

function rowLength({ width, bits, colourType }: Row): number {
  return Math.ceil((width * channelsOf[colourType]! * bits) / 8);
}

/** The bytes of all rows, by the five filters of the PNG specification, section 9.2. */
function unfilter(data: Uint8Array, row: Row & { readonly height: number }): number[] {
  const length = rowLength(row);
  const step = Math.max(1, (channelsOf[row.colourType]! * row.bits) / 8);
  const out: number[] = [];
  for (let y = 0; y < row.height; y++) {
    const filter = data[y * (length + 1)]!;
    for (let x = 0; x < length; x++) {
      const left = x < step ? 0 : out[y * length + x - step]!;
      const up = y === 0 ? 0 : out[(y - 1) * length + x]!;
      const corner = x < step || y === 0 ? 0 : out[(y - 1) * length + x - step]!;
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!;
      out.push((data[y * (length + 1) + 1 + x]! + predicted) & 255);
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [byLeft, byUp, byCorner] = [left, up, corner].map((value) => Math.abs(estimate - value)) as [
    number,
    number,
    number,
  ];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}
