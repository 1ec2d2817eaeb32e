import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "./redact.ts";

const redact = createRedactor("canary-token");

test("takes out the token, whatever carries it", () => {
  expect(redact('{"authorization":"Bearer canary-token","token":"canary-token"}')).not.toContain("canary");
});

test("takes out the token where only its capitals differ, and where the text is cut", () => {
  expect(redact("https://Canary-Token.evil.example/")).toBe("https://[token].evil.example/");
  expect(redact(`data:,${"x".repeat(31_990)} canary-token`)).not.toContain("canary");
});

test("takes a token literally, whatever characters it has", () => {
  expect(createRedactor("a.b+c(d")("xa.b+c(dx, not aXb+c(d")).toBe("x[token]x, not aXb+c(d");
});

test("takes out data URIs, long base64 and the queries of URLs, and leaves the rest", () => {
  expect(redact("field image_url: data:image/png;base64,iVBORw0KGgo= is bad")).toBe(
    "field image_url: [data URI] is bad",
  );
  expect(redact(`got ${"QUJD".repeat(40)}== here`)).toBe("got [base64] here");
  expect(redact("cannot fetch https://a.example/x.png?X-Sig=abc now")).toBe(
    "cannot fetch https://a.example/x.png?[…] now",
  );
});

test("is never longer than 500 characters and never shows the token", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 900 }), fc.string({ maxLength: 900 }), (before, after) => {
      const text = redact(`${before}canary-token${after}`);
      expect(text.length).toBeLessThanOrEqual(500);
      expect(text).not.toContain("canary-token");
    }),
    { seed: 7, numRuns: 200 },
  );
});
