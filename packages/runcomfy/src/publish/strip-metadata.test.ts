import { inflateSync } from "node:zlib";
import sharp from "sharp";
import { expect, test } from "vitest";
import { stripMetadata } from "./strip-metadata.ts";

const secrets = ["Ada Example", "48/1", "Canary Camera", "secret note"];

/** A picture whose file says who took it and where. */
function picture(format: "png" | "jpeg" | "webp", orientation = 1): Promise<Buffer> {
  const noise = { type: "gaussian", mean: 120, sigma: 40 } as const;
  return sharp({ create: { width: 40, height: 30, channels: 3, background: "red", noise } })
    .withExif({
      IFD0: { Artist: "Ada Example", Model: "Canary Camera" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "48/1 8/1 0/1" },
    })
    .withXmp("<x:xmpmeta xmlns:x='adobe:ns:meta/'>secret note</x:xmpmeta>")
    .withMetadata({ orientation })
    .withIccProfile("p3")
    .toFormat(format)
    .toBuffer();
}

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
const pixels = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer();

test.each(["png", "jpeg", "webp"] as const)(
  "%s loses what tells the person, keeps pixels and profile",
  async (format) => {
    const file = await picture(format);
    const { exif, icc } = await sharp(file).metadata();
    expect(exif).toBeDefined();
    const clean = stripMetadata(file);
    const after = await sharp(clean).metadata();
    expect([after.exif, after.xmp]).toEqual([undefined, undefined]);
    expect(after.icc).toEqual(icc);
    for (const secret of secrets) expect(textOf(clean)).not.toContain(secret);
    expect((await pixels(clean)).equals(await pixels(file))).toBe(true);
  },
);

test("a JPEG keeps its orientation, and nothing else of its Exif data", async () => {
  const clean = stripMetadata(await picture("jpeg", 6));
  const { orientation, exif } = await sharp(clean).metadata();
  expect([orientation, exif?.length]).toEqual([6, 32]);
});

test("text chunks of a PNG go", async () => {
  const file = await sharp({ create: { width: 2, height: 2, channels: 3, background: "red" } })
    .png()
    .toBuffer();
  const text = Buffer.from("\0\0\0\x10tEXtComment\0secret n\0\0\0\0", "latin1");
  const written = Buffer.concat([file.subarray(0, 33), text, file.subarray(33)]);
  const clean = stripMetadata(written);
  expect(textOf(clean)).not.toContain("secret");
  const at = Buffer.from(clean).indexOf("IDAT");
  expect(inflateSync(Buffer.from(clean).subarray(at + 4, -16)).length).toBe(14);
});

test("what is appended behind a JPEG's end goes", async () => {
  const file = await picture("jpeg");
  const clean = stripMetadata(Buffer.concat([file, Buffer.from("secret note")]));
  expect(textOf(clean)).not.toContain("secret note");
});

test("a file without metadata is the very same bytes", async () => {
  const file = await sharp({ create: { width: 2, height: 2, channels: 3, background: "red" } })
    .png()
    .toBuffer();
  const once = stripMetadata(file);
  expect(stripMetadata(once)).toBe(once);
});

test("damaged and foreign files come back as they are", async () => {
  const file = await picture("png");
  for (const bytes of [
    file.subarray(0, 60),
    Buffer.from("hello"),
    Buffer.alloc(0),
    (await picture("webp")).subarray(0, 60),
  ])
    expect(stripMetadata(bytes)).toBe(bytes);
});
