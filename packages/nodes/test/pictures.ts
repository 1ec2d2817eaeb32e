import { createHash } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";
import type { FileRef, ImageValue, MaskValue, SampleDepth } from "@inlay/engine";

/** A picture of reproducible noise, so that every shift, swap and rounding shows. */
export function noise(
  width: number,
  height: number,
  channels: 1 | 3 | 4 = 3,
  depth: SampleDepth = "u8",
  seed = 1,
): ImageValue {
  const length = width * height * channels;
  const data =
    depth === "u8" ? new Uint8Array(length) : depth === "u16" ? new Uint16Array(length) : new Float32Array(length);
  let state = seed;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    data[i] = depth === "f32" ? state / 2 ** 32 : state >>> (depth === "u8" ? 24 : 16);
  }
  return { kind: "image", width, height, channels, depth, data };
}

/** A picture whose neighbouring pixels resemble each other, as in a photograph. */
export function smooth(width: number, height: number, channels: 1 | 3 | 4 = 3): ImageValue {
  const data = new Uint8Array(width * height * channels);
  for (let i = 0; i < data.length; i++) {
    const pixel = Math.floor(i / channels);
    const x = (pixel % width) / width;
    const y = Math.floor(pixel / width) / height;
    data[i] = 40 + 100 * x + 80 * y + 10 * (i % channels);
  }
  return { kind: "image", width, height, channels, depth: "u8", data };
}

/** A mask from its samples by pixel. */
export function maskOf(width: number, height: number, sample: (x: number, y: number) => number): MaskValue {
  const data = Uint8Array.from({ length: width * height }, (_, i) => sample(i % width, Math.floor(i / width)));
  return { kind: "mask", width, height, data };
}

/** The reference that a host would make for these bytes. */
export function fileRef(name: string, bytes: Uint8Array): FileRef {
  return { kind: "file", name, sha256: createHash("sha256").update(bytes).digest("hex"), size: bytes.length };
}

/** A PNG file of a few bytes that claims any size. */
export function bombPng(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(Buffer.alloc(64))), chunk("IEND")]);
}

/** The same PNG with an ICC profile put in, its pixels untouched. */
export function withProfile(png: Uint8Array, icc: Uint8Array): Uint8Array {
  const afterHeader = 33;
  const profile = Buffer.concat([Buffer.from("profile\0\0", "latin1"), deflateSync(icc)]);
  return Buffer.concat([png.subarray(0, afterHeader), chunk("iCCP", profile), png.subarray(afterHeader)]);
}

/** One chunk of a PNG file. */
export function chunk(type: string, data: Uint8Array = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/** How many samples differ. */
export function differing(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let count = Math.abs(a.length - b.length);
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) count += 1;
  return count;
}
