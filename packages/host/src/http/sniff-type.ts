/** The media types of pictures that browsers show and nodes read. */
type PictureType = "image/png" | "image/jpeg" | "image/webp" | "image/gif" | "image/avif" | "image/tiff";

/** The type of a picture by its first bytes, whatever its name says; undefined for everything else, SVG too. */
export function sniffType(bytes: Uint8Array): PictureType | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 16)).toString("latin1");
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (start.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) return "image/webp";
  if (start.startsWith("GIF8")) return "image/gif";
  if (start.startsWith("ftypavif", 4) || start.startsWith("ftypavis", 4)) return "image/avif";
  if (start.startsWith("II*\0") || start.startsWith("MM\0*")) return "image/tiff";
  return undefined;
}
