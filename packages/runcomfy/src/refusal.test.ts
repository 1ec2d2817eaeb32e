import { expect, test } from "vitest";
import { readRefusal, type Refusal } from "./refusal.ts";

function refusal(status: number, body: object | string, inputs: readonly string[] = []): Refusal {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const json = typeof body === "string" ? {} : { json: JSON.parse(text) };
  return readRefusal({ answered: true, status, text, ...json }, inputs);
}

test("the code in the body counts more than the status", () => {
  expect(refusal(404, { error_code: 400002 }).code).toBe("remote.balance");
  expect(refusal(500, { error_code: "400004" }).code).toBe("remote.auth");
  expect(refusal(200, { error_code: 500001 }).code).toBe("remote.server");
});

test("an error code that says nothing leaves it to the status", () => {
  expect(refusal(402, { error_code: 0 }).code).toBe("remote.balance");
  expect(refusal(422, { error_code: null }).code).toBe("remote.schema");
});

test("finds the words under every key that the service uses", () => {
  for (const key of ["error_message", "message", "error", "detail"]) {
    expect(refusal(400, { [key]: "too big" }).words).toBe("too big");
  }
});

test("a detail names the input, its inner places aside", () => {
  const detail = [{ loc: ["body", "loras", 0, "path"], msg: "no such file" }];
  expect(refusal(422, { detail })).toEqual({ code: "remote.schema", input: "loras", words: "loras: no such file" });
});

test("several details are all told, and the first names the input", () => {
  const detail = [{ field: "seed", message: "an integer, please" }, "and hurry"];
  expect(refusal(400, { detail })).toEqual({
    code: "remote.schema",
    input: "seed",
    words: "seed: an integer, please; and hurry",
  });
});

test("a sentence that begins with an input's name is about it", () => {
  expect(refusal(400, { message: "'strength' must be at most 1" }, ["prompt", "strength"]).input).toBe("strength");
  expect(refusal(400, { message: "Request too long" }, ["prompt"]).input).toBeUndefined();
});

test("refused content is told apart from a wrong input", () => {
  expect(refusal(422, { message: "prompt was flagged" }).code).toBe("remote.moderation");
  expect(refusal(403, { message: "content policy violation" }).code).toBe("remote.moderation");
  expect(refusal(403, { error_code: 403001, message: "moderation API not allowed" }).code).toBe("remote.auth");
});

test("a web page is not repeated", () => {
  expect(refusal(403, "<html>Forbidden</html>")).toEqual({
    code: "remote.auth",
    words: "HTTP 403 with a web page instead of an answer",
  });
});
