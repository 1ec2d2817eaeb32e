import { errorData } from "@inlay/engine";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { numbered, relativeParts, writableParts } from "./file-names.ts";

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return errorData(error).code;
  }
  return "none";
}

describe("a path to read", () => {
  test("is split at slashes, without empty parts and dots", () => {
    expect(relativeParts("./photos//coffee.png")).toEqual(["photos", "coffee.png"]);
  });

  test.each(["/etc/passwd", "../x.png", "a/../../x.png", "a/..", "C:/x.png", "c:x.png", "\\\\server\\x", "..\\x.png"])(
    "%j leads out",
    (path) => expect(codeOf(() => relativeParts(path))).toBe("file.outside-workspace"),
  );

  test.each(["a\0.png", "a\\b.png", "nul", "photos/NUL.png", "com1.tar.gz", "aux .txt"])("%j is a bad name", (path) =>
    expect(codeOf(() => relativeParts(path))).toBe("file.bad-name"),
  );

  test.each(["..a/b", "a..png", "console.png", "über/ø 1.png", "ab:c.png"])("%j is fine", (path) =>
    expect(codeOf(() => relativeParts(path))).toBe("none"),
  );

  test("whatever its text, never keeps a part that climbs", () => {
    const text = fc.string({ unit: fc.constantFrom(".", "/", "\\", "a", ":", "\0", " ") });
    fc.assert(
      fc.property(text, (path) => {
        if (codeOf(() => relativeParts(path)) !== "none") return;
        expect(relativeParts(path).some((part) => part === ".." || /[/\\\0]/.test(part))).toBe(false);
      }),
      { seed: 2, numRuns: 500 },
    );
  });
});

describe("a path to write", () => {
  test.each(["", "a/", "ab:c.png", "what?.png", "a\nb.png", "end.", "end /x.png", "lpt1.png"])(
    "%j is refused",
    (path) => expect(codeOf(() => writableParts(path))).toBe("file.bad-name"),
  );

  test.each([".inlay/salt", "a/.INLAY/x"])("%j leads into Inlay's own folder", (path) =>
    expect(codeOf(() => writableParts(path))).toBe("file.outside-workspace"),
  );

  test("an over-long name is shortened between characters and keeps its extension", () => {
    const [name = ""] = writableParts(`${"é".repeat(300)}.png`);
    expect(name).toBe(`${"é".repeat(98)}.png`);
    expect(Buffer.byteLength(name)).toBe(200);
  });
});

test("a number goes before the extension", () => {
  expect(numbered("cup.png", 2)).toBe("cup-2.png");
  expect(numbered("cup", 3)).toBe("cup-3");
  expect(numbered(".hidden", 2)).toBe(".hidden-2");
});
