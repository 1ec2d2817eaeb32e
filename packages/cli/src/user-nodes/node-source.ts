import { hash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";

/** A module that offers nodes, with what tells its results from those of another state of it. */
export interface NodeSource {
  /** The pack's name, such as `user/stripes` or `inlay-film`. */
  readonly name: string;
  readonly version: string;
  /** The module's file. */
  readonly file: string;
  /** Changes when the code does. */
  readonly cacheEpoch: number;
}

const extensions = new Set([".mjs", ".js"]);

/** More code than a person keeps in one folder. */
const mostFiles = 5_000;

/**
 * The nodes of a folder: each `.mjs` and `.js` in it, but no tests and no name that begins with `_` or a dot. Files in
 * folders below are their helpers: a change of one counts as a change of every node.
 * @returns nothing for a folder that is absent
 */
export async function folderSources(folder: string): Promise<readonly NodeSource[]> {
  const names = await readdir(folder).catch(() => []);
  const own = names.filter(isNodeFile).sort();
  if (own.length === 0) return [];
  const helpers = await hashOf(
    await codeBelow(
      folder,
      names.filter((name) => !own.includes(name)),
    ),
  );
  return Promise.all(
    own.map(async (name) => {
      const file = join(folder, name);
      const epoch = epochOf(`${await hashOf([file])} ${helpers}`);
      return { name: `user/${basename(name, extname(name))}`, version: "1.0.0", file, cacheEpoch: epoch };
    }),
  );
}

/** A number that stands for a text: 48 bits of its SHA-256. */
export function epochOf(text: string): number {
  return Number.parseInt(hash("sha256", text).slice(0, 12), 16);
}

/** Stands for the content of files, by their order. */
export async function hashOf(files: readonly string[]): Promise<string> {
  const hashes = await Promise.all(
    files.map(async (file) => hash("sha256", await readFile(file).catch(() => Buffer.alloc(0)))),
  );
  return hash("sha256", hashes.join());
}

/** The code in some files and folders of a folder, in the order of their paths, without installed packages and tests. */
export async function codeBelow(folder: string, names: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  const open = names.map((name) => join(folder, name));
  for (let path = open.pop(); path !== undefined && found.length < mostFiles; path = open.pop()) {
    const name = basename(path);
    if (name.startsWith(".") || name === "node_modules" || isTest(name)) continue;
    const info = await stat(path).catch(() => undefined);
    if (info?.isDirectory()) for (const below of await readdir(path).catch(() => [])) open.push(join(path, below));
    else if (info?.isFile() && /\.([cm]?js|json|wasm)$/.test(name)) found.push(path);
  }
  return found.sort();
}

function isNodeFile(name: string): boolean {
  return extensions.has(extname(name)) && !/^[_.]/.test(name) && !isTest(name);
}

function isTest(name: string): boolean {
  return /\.test\.[cm]?js$/.test(name);
}
