import { expect, test } from "vitest";
import { formatByteSize, parseByteSize } from "./byte-size.ts";

test.each([
  ["0", 0],
  ["2000", 2000],
  ["5GB", 5e9],
  ["500 mb", 5e8],
  ["1.5GiB", 1.5 * 2 ** 30],
  ["1 kb", 1000],
])("%s is %d bytes", (text, bytes) => {
  expect(parseByteSize(text)).toBe(bytes);
});

test.each(["", "GB", "-1GB", "5 apples", "1e9", "1.GB", "0x10", "99999999999999TB", "1GBB"])(
  "%j is no size",
  (text) => {
    expect(parseByteSize(text)).toBeUndefined();
  },
);

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [12_345, "12 kB"],
  [1_400_000_000, "1.4 GB"],
  [5e15, "5000 TB"],
])("%d bytes read as %s", (bytes, text) => {
  expect(formatByteSize(bytes)).toBe(text);
});
