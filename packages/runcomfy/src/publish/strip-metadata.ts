import { fileTypeOf } from "../image-type.ts";

/**
 * The same image without what says who took it, when, where and with what: Exif (GPS), XMP, IPTC, comments, text
 * chunks, thumbnails. What the picture looks like stays: pixels, colour profile, gamma, and a JPEG's orientation.
 * A file that is neither PNG, JPEG nor WebP, or that is damaged, comes back as it is. Never decodes anything.
 */
export function stripMetadata(bytes: Uint8Array): Uint8Array {
  try {
    switch (fileTypeOf(bytes)) {
      case "image/png":
        return stripPng(bytes);
      case "image/jpeg":
        return stripJpeg(bytes);
      case "image/webp":
        return stripWebp(bytes);
      default:
        return bytes;
    }
  } catch (error) {
    if (error instanceof RangeError) return bytes;
    throw error;
  }
}

/** Chunks of PNG (ISO 15948) that say how the picture looks; `caBX`, `eXIf`, `tEXt`, `zTXt`, `iTXt`, `tIME` and others go. */
const PNG_KEPT = new Set(["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "cICP"]);

function stripPng(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  const kept = [bytes.subarray(0, 8)];
  for (let at = 8; at < bytes.length;) {
    const end = at + 12 + view.getUint32(at);
    const type = latin1(bytes, at + 4, 4);
    if (end > bytes.length) throw new RangeError("cut off");
    if (PNG_KEPT.has(type)) kept.push(bytes.subarray(at, end));
    if (type === "IEND") break;
    at = end;
  }
  return joined(bytes, kept);
}

/** JPEG (ITU-T T.81, annex B): APP0 (JFIF), APP2 with a colour profile and APP14 (Adobe's colours) stay; other APPn and comments go. */
function stripJpeg(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  const kept = [bytes.subarray(0, 2)];
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) throw new RangeError("no marker");
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // What follows the start of scan is the picture, up to where another one may be appended.
    if (marker === 0xda) {
      kept.push(bytes.subarray(at, endOfImage(bytes, at)));
      break;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) throw new RangeError("cut off");
    const segment = bytes.subarray(at, end);
    if (isKeptSegment(marker, segment)) kept.push(segment);
    const orientation = marker === 0xe1 ? orientationOf(segment) : 1;
    if (orientation !== 1) kept.push(orientationSegment(orientation));
    at = end;
  }
  return joined(bytes, kept);
}

function isKeptSegment(marker: number, segment: Uint8Array): boolean {
  if (marker === 0xe2) return latin1(segment, 4, 11) === "ICC_PROFILE";
  if (marker === 0xee) return latin1(segment, 4, 5) === "Adobe";
  // JFIF's own segment may carry a thumbnail, which may show what was cut away since.
  if (marker === 0xe0) return latin1(segment, 4, 4) === "JFIF" && segment.length === 18;
  return !(marker >= 0xe1 && marker <= 0xef) && marker !== 0xfe;
}

/** Behind the first end-of-image marker outside of entropy-coded data lie appended previews, which go too. */
function endOfImage(bytes: Uint8Array, from: number): number {
  for (let at = from + 2; at < bytes.length - 1; at += 1) {
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return at + 2;
  }
  return bytes.length;
}

const ORIENTATION_TAG = 0x0112;

/** The orientation of an Exif segment, 1 when it has none: TIFF 6.0, the first directory. */
function orientationOf(segment: Uint8Array): number {
  if (latin1(segment, 4, 6) !== "Exif\0\0") return 1;
  const view = viewOf(segment.subarray(10));
  const little = latin1(segment, 10, 2) === "II";
  const directory = view.getUint32(4, little);
  const entries = view.getUint16(directory, little);
  for (let i = 0; i < entries; i += 1) {
    const entry = directory + 2 + 12 * i;
    if (view.getUint16(entry, little) !== ORIENTATION_TAG) continue;
    const value = view.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** An Exif segment that says the orientation and nothing else. */
function orientationSegment(orientation: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  const exif = Buffer.from("Exif\0\0", "latin1");
  return Uint8Array.from([0xff, 0xe1, 0, 2 + exif.length + tiff.length, ...exif, ...tiff]);
}

/** WebP (RFC 9649): all chunks but `EXIF` and `XMP `; their bits in the header of an extended file are cleared. */
function stripWebp(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [];
  const end = Math.min(bytes.length, 8 + view.getUint32(4, true));
  for (let at = 12; at + 8 <= end;) {
    const size = view.getUint32(at + 4, true);
    const next = at + 8 + size + (size % 2);
    if (at + 8 + size > bytes.length) throw new RangeError("cut off");
    const type = latin1(bytes, at, 4);
    if (["VP8 ", "VP8L", "ALPH", "ICCP", "ANIM", "ANMF"].includes(type)) kept.push(bytes.subarray(at, next));
    if (type === "VP8X") kept.push(withoutFlags(bytes.subarray(at, next)));
    at = next;
  }
  const head = Uint8Array.from(bytes.subarray(0, 12));
  viewOf(head).setUint32(4, 4 + kept.reduce((sum, { length }) => sum + length, 0), true);
  return joined(bytes, [head, ...kept]);
}

/** Bit 3 says that Exif follows, bit 2 XMP. */
function withoutFlags(chunk: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(chunk);
  copy[8] = (copy[8] ?? 0) & ~0b1100;
  return copy;
}

/** The kept parts as one piece; the very same bytes when nothing was dropped. */
function joined(bytes: Uint8Array, parts: readonly Uint8Array[]): Uint8Array {
  const whole = Buffer.concat(parts);
  return whole.length === bytes.length && whole.equals(bytes) ? bytes : whole;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function latin1(bytes: Uint8Array, from: number, length: number): string {
  return Buffer.from(
    bytes.buffer,
    bytes.byteOffset + from,
    Math.max(0, Math.min(length, bytes.length - from)),
  ).toString("latin1");
}
