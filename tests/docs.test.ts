import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...readdirSync(`${root}docs`, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

test("every row of a table on our pages belongs to a table with a head, or it would be shown as text", () => {
  expect(pages).toEqual(expect.arrayContaining(["ARCHITECTURE.md", "docs/http-api.md"]));
  expect(pages.flatMap((page) => rowsWithoutHead(readFileSync(root + page, "utf8")).map((row) => [page, row]))).toEqual(
    [],
  );
  expect(rowsWithoutHead("| a |\n| - |\n| b |\n\n| c |\n")).toEqual(["| c |"]);
});

function rowsWithoutHead(text: string): string[] {
  const shown = text.replaceAll(/^```[^]*?^```$/gm, "");
  const blocks = shown.split(/\n\s*\n/).map((block) => block.split("\n").filter((line) => line.startsWith("|")));
  return blocks.filter(([, line]) => !/^\|[\s:|-]+\|$/.test(line ?? "")).flat();
}
