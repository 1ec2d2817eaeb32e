import { readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, extname, isAbsolute, join, resolve } from "node:path";
import { EngineError } from "@inlay/engine";
import { codeBelow, epochOf, hashOf, type NodeSource } from "./node-source.ts";

const packageName = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

/**
 * Finds a package of nodes that a person has named.
 *
 * A name is looked for in `node_modules` of each folder and of those above it, as Node does; its results are told apart
 * by its version. A path (one that begins with a dot or is absolute) is relative to the first folder and leads to a file
 * or to the folder of a package, whose results are told apart by its code. Fails with `pack.not-found`.
 */
export async function packageSource(wanted: string, folders: readonly string[]): Promise<NodeSource> {
  if (/^\.\.?([/\\]|$)/.test(wanted) || isAbsolute(wanted)) return sourceAt(wanted, resolve(folders[0] ?? ".", wanted));
  if (!packageName.test(wanted)) throw notFound(wanted, "This is neither the name of a package nor a path.");
  for (const folder of folders.flatMap(withParents)) {
    const root = join(folder, "node_modules", wanted);
    if (await isFile(join(root, "package.json"))) return packageAt(wanted, root, async ({ version }) => version);
  }
  throw notFound(wanted, `There is no such package in node_modules of ${folders.join(" or ")}, nor above.`);
}

async function sourceAt(wanted: string, path: string): Promise<NodeSource> {
  if (await isFile(path)) {
    const name = basename(path, extname(path));
    return { name, version: "1.0.0", file: await realpath(path), cacheEpoch: epochOf(await hashOf([path])) };
  }
  if (!(await isFile(join(path, "package.json"))))
    throw notFound(wanted, `\`${path}\` is neither a file nor a package.`);
  return packageAt(wanted, path, async () => hashOf(await codeBelow(path, ["."])));
}

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly entry: string | undefined;
}

async function packageAt(
  wanted: string,
  root: string,
  stateOf: (json: PackageJson) => Promise<string>,
): Promise<NodeSource> {
  const json = await readPackage(wanted, root);
  const { name, version, entry } = json;
  if (entry === undefined) throw notFound(wanted, "Its package.json exports nothing that can be imported.");
  const file = await realpath(join(root, entry)).catch(() => undefined);
  if (file === undefined) throw notFound(wanted, `Its package.json names \`${entry}\`, which is not there.`);
  return { name, version, file, cacheEpoch: epochOf(`${name}@${version} ${await stateOf(json)}`) };
}

async function readPackage(wanted: string, root: string): Promise<PackageJson> {
  try {
    const json = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as Record<string, unknown>;
    const { name = basename(root), version = "0.0.0", main = "index.js", exports } = json;
    const entry = exports === undefined ? main : mainExport(exports);
    return { name: String(name), version: String(version), entry: typeof entry === "string" ? entry : undefined };
  } catch (cause) {
    throw notFound(wanted, `Its package.json cannot be read: ${(cause as Error).message}`);
  }
}

const conditions = new Set(["node", "import", "module-sync", "default"]);

/** What `exports` of a package.json gives for its main entry: the first condition that holds for an import in Node. */
function mainExport(exports: unknown): unknown {
  if (Array.isArray(exports)) return (exports as unknown[]).map(mainExport).find((entry) => entry !== undefined);
  if (typeof exports !== "object" || exports === null) return exports ?? undefined;
  const targets = Object.entries(exports as Record<string, unknown>);
  if (targets.some(([key]) => key.startsWith("."))) return mainExport(targets.find(([key]) => key === ".")?.[1]);
  for (const [condition, target] of targets) {
    const entry = conditions.has(condition) ? mainExport(target) : undefined;
    if (entry !== undefined) return entry;
  }
  return undefined;
}

function withParents(folder: string): string[] {
  const found = [folder];
  for (let at = folder; dirname(at) !== at; at = dirname(at)) found.push(dirname(at));
  return found;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isFile(),
    () => false,
  );
}

function notFound(wanted: string, why: string): EngineError {
  return new EngineError({
    code: "pack.not-found",
    message: `The pack \`${wanted}\` cannot be loaded. ${why}`,
    received: wanted,
    expected: "an installed package, or a path such as ./my-nodes",
  });
}
