/** The picture formats that are read. */
export type PictureFormat = "png" | "jpeg" | "webp" | "gif" | "tiff" | "avif";

/**
 * The format that the first bytes of a file say, whatever its name is; undefined when it is none of ours.
 *
 * SVG, PDF and the like are none of ours on purpose: they are programs that draw, may name other files, and have no
 * size of their own.
 */
export function sniffFormat(bytes: Uint8Array): PictureFormat | undefined {
  return signatures.find(({ parts }) => parts.every(([offset, text]) => startsWith(bytes, offset, text)))?.format;
}

/** What stands where in a file's first bytes, one character a byte. */
interface Signature {
  readonly format: PictureFormat;
  readonly parts: readonly (readonly [offset: number, text: string])[];
}

const signatures: readonly Signature[] = [
  { format: "png", parts: [[0, "\x89PNG\r\n\x1a\n"]] },
  { format: "jpeg", parts: [[0, "\xff\xd8\xff"]] },
  {
    format: "webp",
    parts: [
      [0, "RIFF"],
      [8, "WEBP"],
    ],
  },
  { format: "gif", parts: [[0, "GIF87a"]] },
  { format: "gif", parts: [[0, "GIF89a"]] },
  { format: "tiff", parts: [[0, "II*\0"]] },
  { format: "tiff", parts: [[0, "MM\0*"]] },
  { format: "avif", parts: [[4, "ftypavif"]] },
  { format: "avif", parts: [[4, "ftypavis"]] },
];

function startsWith(bytes: Uint8Array, offset: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[offset + i] !== text.charCodeAt(i)) return false;
  return true;
}
