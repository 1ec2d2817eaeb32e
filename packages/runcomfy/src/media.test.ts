import { expect, test } from "vitest";
import { RunComfyError } from "./errors.ts";
import { checkRequestSize, LARGEST_DATA_URI_IMAGE, LARGEST_REQUEST, toDataUri } from "./media.ts";

/** The code of what a call throws. */
function codeOf(call: () => unknown): unknown {
  try {
    call();
    return undefined;
  } catch (error) {
    return error instanceof RunComfyError ? error.code : error;
  }
}

test("an image becomes a data URI, also from the middle of a buffer", () => {
  const bytes = new Uint8Array([9, 1, 2, 3, 9]).subarray(1, 4);
  expect(toDataUri(bytes, "image/png")).toBe("data:image/png;base64,AQID");
});

test("more than 6 MiB, and nothing, are refused", () => {
  expect(toDataUri(new Uint8Array(LARGEST_DATA_URI_IMAGE), "image/jpeg")).toHaveLength(8 * 1024 * 1024 + 23);
  expect(codeOf(() => toDataUri(new Uint8Array(LARGEST_DATA_URI_IMAGE + 1), "image/jpeg"))).toBe("remote.media");
  expect(codeOf(() => toDataUri(new Uint8Array(), "image/webp"))).toBe("remote.media");
});

test("more than 32 megapixels are refused by the header alone", () => {
  const png = (width: number, height: number): Uint8Array => {
    const header = Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\0\0\0\0\0", "latin1");
    header.writeUInt32BE(width, 16);
    header.writeUInt32BE(height, 20);
    return header;
  };
  expect(toDataUri(png(8_000, 4_000), "image/png")).toContain("data:image/png");
  expect(codeOf(() => toDataUri(png(8_000, 4_001), "image/png"))).toBe("remote.media");
});

test("a request of more than 64 MiB is refused", () => {
  checkRequestSize("x".repeat(LARGEST_REQUEST));
  expect(codeOf(() => checkRequestSize("x".repeat(LARGEST_REQUEST + 1)))).toBe("remote.media");
});
