import type { MaskCanvas } from "@inlay/raster";

/** Rows that are packed at once. */
const rowsPerPiece = 64;

/** A mask as PNG of one 8-bit channel: exactly its samples, packed in pieces, so that a large one takes little memory. */
export async function maskAsPng(mask: MaskCanvas): Promise<Blob> {
  const packed = new Uint8Array(
    await new Response(rowsOf(mask).pipeThrough(new CompressionStream("deflate"))).arrayBuffer(),
  );
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, mask.width);
  header.setUint32(4, mask.height);
  // 8 bits, grey, and the only kinds of packing, filtering and order without interlacing.
  header.setUint8(8, 8);
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const parts = [
    signature,
    ...chunk("IHDR", new Uint8Array(header.buffer)),
    ...chunk("IDAT", packed),
    ...chunk("IEND", new Uint8Array(0)),
  ];
  return new Blob(parts, { type: "image/png" });
}

/** The rows, each with the filter "sub" before it, which makes even parts zeros. */
function rowsOf({ width, height, data }: MaskCanvas): ReadableStream<Uint8Array<ArrayBuffer>> {
  let y = 0;
  return new ReadableStream({
    pull(controller) {
      if (y >= height) return controller.close();
      const end = Math.min(height, y + rowsPerPiece);
      const piece = new Uint8Array((end - y) * (width + 1));
      for (let to = 0; y < end; y++) {
        piece[to++] = 1;
        let left = 0;
        for (let at = y * width; at < (y + 1) * width; at++) {
          piece[to++] = data[at]! - left;
          left = data[at]!;
        }
      }
      controller.enqueue(piece);
    },
  });
}

function chunk(name: string, content: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const type = Uint8Array.from(name, (character) => character.charCodeAt(0));
  return [number(content.length), type, content, number(crc(type, content))];
}

function number(value: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value);
  return new Uint8Array(view.buffer);
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc(...parts: readonly Uint8Array[]): number {
  let value = 0xffffffff;
  for (const part of parts) for (const byte of part) value = crcTable[(value ^ byte) & 255]! ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
