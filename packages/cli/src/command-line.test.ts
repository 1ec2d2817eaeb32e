import { expect, test } from "vitest";
import { parseCommandLine, type Command } from "./command-line.ts";

const command: Command = {
  name: "run",
  usage: "<file>",
  least: 1,
  most: 1,
  summary: "Run a file",
  options: [
    { name: "out", value: "<dir>", help: "Folder" },
    { name: "json", help: "JSON lines" },
  ],
  run: async () => 0,
};

test("values stay as they were written, even where they look like numbers", () => {
  expect(parseCommandLine(command, ["007", "--out", "1e3", "--out=0x1"])).toMatchObject({
    args: ["007"],
    options: { out: ["1e3", "0x1"] },
  });
});

test("behind two dashes a file may begin with one", () => {
  expect(parseCommandLine(command, ["--json", "--", "-dash.json"])).toMatchObject({
    args: ["-dash.json"],
    options: { json: true },
  });
});

test("a request for help needs no arguments", () => {
  expect(parseCommandLine(command, ["-h"]).help).toBe(true);
});

test.each([
  { argv: [], says: "takes <file>" },
  { argv: ["a", "b"], says: "takes no `b`" },
  { argv: ["a", "--out"], says: "--out" },
  { argv: ["a", "--out", ""], says: "empty" },
  { argv: ["a", "--out", "--json"], says: "--out" },
  { argv: ["a", "--json=false"], says: "--json" },
  { argv: ["a", "--out.x=1"], says: "--out.x" },
  { argv: ["a", "--__proto__=1"], says: "--__proto__" },
  { argv: ["a", "--constructor"], says: "--constructor" },
  { argv: ["-dash.json"], says: "-d" },
])("$argv is a mistake of usage", ({ argv, says }) => {
  const data = expect.objectContaining({ code: "usage.invalid", message: expect.stringContaining(says) });
  expect(() => parseCommandLine(command, argv)).toThrow(expect.objectContaining({ data }));
});

test("an unknown option is answered with the one that was meant", () => {
  const data = expect.objectContaining({ suggestion: "Did you mean `--json`?" });
  expect(() => parseCommandLine(command, ["a", "--jsn"])).toThrow(expect.objectContaining({ data }));
});
