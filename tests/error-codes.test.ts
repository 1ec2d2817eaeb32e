import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { diagnosticCodes } from "@inlay/engine";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));

/** Codes as the sources write them: `code: "file.exists"`, a member of a union of codes, a code as an argument. */
const written = /(?:\bcode: |\| |[a-z]Error\(|problem\()"([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*)"/g;

function codesInSources(): string[] {
  const files = readdirSync(`${root}packages`, { recursive: true, encoding: "utf8" });
  const sources = files.filter((file) => /^[a-z]+\/src\/.*(?<!\.test)\.ts$/.test(file) && !file.includes("generated"));
  const texts = sources.map((file) => readFileSync(`${root}packages/${file}`, "utf8"));
  return [...new Set(texts.flatMap((text) => [...text.matchAll(written)].map(([, code = ""]) => code)))];
}

const notErrors =
  /^(node|run|remote)\.(started|progress|file|log|finished|cached|pinned|failed|skipped|cancelling|state|ended)$/;

test("docs/errors.md lists every code that the sources can give, besides diagnostics", () => {
  const listed = readFileSync(`${root}docs/errors.md`, "utf8");
  const codes = codesInSources().filter((code) => !(code in diagnosticCodes) && !/\.(png|jpg|webp)$/.test(code));
  expect(codes.length).toBeGreaterThan(60);
  const missing = codes.filter((code) => !listed.includes(`\`${code}\``) && !notErrors.test(code));
  expect(missing).toEqual([]);
});
