import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";

interface Chunk {
  readonly file: string;
  readonly isEntry: boolean;
  readonly imports: readonly string[];
  readonly modules: readonly string[];
}

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
let chunks: readonly Chunk[] = [];

beforeAll(() => {
  if (!existsSync(at("build/modules.json"))) throw new Error("The editor is not built: run npm run build.");
  chunks = JSON.parse(readFileSync(at("build/modules.json"), "utf8")) as Chunk[];
});

/** What the page loads before it shows anything. */
function firstLoad(): readonly Chunk[] {
  const byFile = new Map(chunks.map((chunk) => [chunk.file, chunk]));
  const reached = new Set(chunks.filter(({ isEntry }) => isEntry));
  for (const chunk of reached) for (const file of chunk.imports) reached.add(byFile.get(file)!);
  return [...reached];
}

test("no node, no host and nothing of Node is in the bundle", () => {
  const modules = chunks.flatMap((chunk) => chunk.modules);
  const foreign =
    /packages\/(?!editor|engine|raster)[a-z]+\/|node_modules\/.*(sharp|undici|libsql|kysely|hono)|^node:|__vite-browser-external/;
  expect(modules.filter((id) => foreign.test(id))).toEqual([]);
});

test("of the engine, what defines and runs nodes stays out, and zod's large face with it", () => {
  const modules = chunks.flatMap((chunk) => chunk.modules);
  const unwanted = /schema\/from-zod|node\/define-node|run\/(engine|execution|slots)|zod\/v4\/classic|zod\/v4\/locales/;
  expect(modules.filter((id) => unwanted.test(id))).toEqual([]);
});

test("the first load without React is at most 120 kB, compressed", () => {
  const isReact = ({ modules }: Chunk) =>
    modules.every((id) => /node_modules\/.*\/(react|react-dom|scheduler)\//.test(id));
  const bytes = firstLoad()
    .filter((chunk) => !isReact(chunk))
    .reduce((sum, { file }) => sum + gzipSync(readFileSync(at(`dist/${file}`))).length, 0);
  expect(bytes).toBeLessThanOrEqual(120_000);
});

test("the page holds no script and no style of its own: a strict policy lets it through", () => {
  const page = readFileSync(at("dist/index.html"), "utf8");
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/);
  expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
  expect(page).not.toMatch(/https?:\/\//);
});
