/** A still video's frames a second and their number: one second. */
const [RATE, FRAMES] = [8, 8];

/**
 * A video of one second that shows one JPEG, as an AVI file with Motion JPEG: a real file, which players open and clients
 * can measure, though nothing moves in it.
 */
export function stillVideo(
  jpeg: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Buffer {
  const frame = chunk("00dc", Buffer.from(jpeg));
  const header = list(
    "hdrl",
    chunk(
      "avih",
      numbers(1e6 / RATE, jpeg.length * RATE, 0, 0x10, FRAMES, 0, 1, jpeg.length, width, height, 0, 0, 0, 0),
    ),
    list(
      "strl",
      chunk(
        "strh",
        Buffer.concat([
          Buffer.from("vidsMJPG"),
          numbers(0, 0, 0, 1, RATE, 0, FRAMES, jpeg.length, 0xffffffff, 0),
          shorts(0, 0, width, height),
        ]),
      ),
      // BITMAPINFOHEADER: one plane of 24 bits.
      chunk(
        "strf",
        Buffer.concat([
          numbers(40, width, height),
          shorts(1, 24),
          Buffer.from("MJPG"),
          numbers(width * height * 3, 0, 0, 0, 0),
        ]),
      ),
    ),
  );
  const frames = Array.from({ length: FRAMES }, () => frame);
  const places = frames.map((_, at) =>
    Buffer.concat([Buffer.from("00dc"), numbers(0x10, 4 + at * frame.length, jpeg.length)]),
  );
  return riff(header, list("movi", ...frames), chunk("idx1", Buffer.concat(places)));
}

function riff(...parts: readonly Buffer[]): Buffer {
  return chunk("RIFF", Buffer.concat([Buffer.from("AVI "), ...parts]));
}

function list(name: string, ...parts: readonly Buffer[]): Buffer {
  return chunk("LIST", Buffer.concat([Buffer.from(name), ...parts]));
}

/** A name, a length, the bytes, and one more where their number is odd. */
function chunk(name: string, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(name), numbers(bytes.length), bytes, Buffer.alloc(bytes.length % 2)]);
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, at) => bytes.writeUInt32LE(value, at * 4));
  return bytes;
}

function shorts(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, at) => bytes.writeUInt16LE(value, at * 2));
  return bytes;
}
