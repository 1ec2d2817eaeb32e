/** What a file is by its first bytes. */
export type FileType =
  | "image/png"
  | "image/jpeg"
  | "image/webp"
  | "video/mp4"
  | "video/quicktime"
  | "video/webm"
  | "video/x-msvideo"
  | "unknown";

/** Tells PNG, JPEG and WebP images, MP4, QuickTime, WebM and AVI videos, and everything else apart. */
export function fileTypeOf(bytes: Uint8Array): FileType {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 12)).toString("latin1");
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (head.startsWith("RIFF") && head.endsWith("WEBP")) return "image/webp";
  if (head.startsWith("RIFF") && head.endsWith("AVI ")) return "video/x-msvideo";
  if (head.slice(4, 8) === "ftyp") return head.slice(8, 12) === "qt  " ? "video/quicktime" : "video/mp4";
  return head.startsWith("\x1a\x45\xdf\xa3") ? "video/webm" : "unknown";
}
