import { join } from "node:path";
import { EngineError, errorData, type NodeDefinition, type NodePack } from "@inlay/engine";
import { readUserConfig } from "@inlay/host";
import { definitionsIn } from "./definitions-in.ts";
import { guardDefinition } from "./guard-definition.ts";
import { importError } from "./import-error.ts";
import { importModule } from "./import-module.ts";
import { folderSources, type NodeSource } from "./node-source.ts";
import { packageSource } from "./package-source.ts";
import { watchStrayErrors } from "./stray-errors.ts";

export interface UserPackOptions {
  /** Packages by name or path, looked for from the current folder and from the person's configuration. */
  readonly packs?: readonly string[];
  /** Where the person's configuration is named. Default: `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Packs that are there already; their types are not defined again. */
  readonly beside?: readonly NodePack[];
}

/** What was loaded, and what could not be. */
export interface UserPacks {
  readonly packs: readonly NodePack[];
  readonly problems: readonly PackProblem[];
}

/** Why a file, or a node in it, cannot be used. Everything else can. */
export interface PackProblem {
  readonly code: "pack.broken" | "pack.duplicate" | "pack.not-found";
  /** Names file and node. */
  readonly message: string;
  readonly suggestion?: string;
}

/**
 * Loads a person's own nodes: the files of `nodes` in the configuration folder, the `packs` of its `config.json`, and
 * packages that are named here. Nothing that a workflow or its workspace says is looked at.
 *
 * A file that cannot be imported, or a node that cannot be used, is a problem in the answer and leaves the others alone.
 * Fails with `pack.not-found` or `pack.broken` for a package named in `options.packs`, and with `config.*`.
 *
 * @example
 * const { packs, problems } = await loadUserPacks();
 * const inlay = await openInlay({ packs });
 */
export async function loadUserPacks(options: UserPackOptions = {}): Promise<UserPacks> {
  const { packs: named = [], env = process.env, beside = [] } = options;
  const config = await readUserConfig(env);
  const problems: PackProblem[] = [];
  const tolerated = await Promise.all(
    config.packs.map((name) => tolerate(packageSource(name, [config.folder]), problems)),
  );
  const wanted = await Promise.all(named.map((name) => packageSource(name, [process.cwd(), config.folder])));
  const sources = distinct([
    ...(await folderSources(join(config.folder, "nodes"))),
    ...tolerated.filter((source) => source !== undefined),
    ...wanted,
  ]);

  const packs: NodePack[] = [];
  const insisted = new Set(wanted.map(({ file }) => file));
  for (const [source, offered] of await Promise.all(sources.map(async (each) => [each, await load(each)] as const))) {
    if ("broken" in offered) {
      if (insisted.has(source.file)) throw new EngineError(offered.broken);
      problems.push(offered.broken);
      continue;
    }
    problems.push(...offered.problems);
    const pack = packOf(source, offered.definitions, [...beside, ...packs], problems);
    if (pack) packs.push(pack);
  }
  return { packs, problems };
}

async function tolerate<T>(work: Promise<T>, problems: PackProblem[]): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    const { message } = errorData(error);
    problems.push({ code: "pack.not-found", message, suggestion: "Install it, or take it out of your config.json." });
    return undefined;
  }
}

function distinct(sources: readonly NodeSource[]): NodeSource[] {
  return [...new Map(sources.map((source) => [source.file, source])).values()];
}

type Loaded =
  | { readonly broken: PackProblem }
  | { readonly definitions: readonly NodeDefinition[]; readonly problems: readonly PackProblem[] };

async function load({ file, cacheEpoch }: NodeSource): Promise<Loaded> {
  try {
    const { definitions, problems } = await watchStrayErrors({ file }, async () =>
      definitionsIn(await importModule(file, String(cacheEpoch))),
    );
    return { definitions, problems: problems.map((problem) => broken(file, problem)) };
  } catch (error) {
    return { broken: broken(file, `It cannot be imported: ${await importError(file, error)}`) };
  }
}

function broken(file: string, why: string): PackProblem {
  return { code: "pack.broken", message: `The nodes of \`${file}\` cannot be used. ${why}` };
}

function packOf(
  source: NodeSource,
  definitions: readonly NodeDefinition[],
  others: readonly NodePack[],
  problems: PackProblem[],
): NodePack | undefined {
  const { name, version, cacheEpoch, file } = source;
  if (others.some((pack) => pack.name === name)) {
    problems.push(duplicate(`\`${file}\` is not used: there is another pack with its name, \`${name}\`.`));
    return undefined;
  }
  const nodes: Record<string, NodePack["nodes"][string]> = {};
  for (const definition of definitions) {
    const { description } = definition;
    const { type } = description;
    const taken = Object.hasOwn(nodes, type) ? name : others.find((pack) => Object.hasOwn(pack.nodes, type))?.name;
    if (taken === undefined) nodes[type] = { description, load: () => guardDefinition(definition, file) };
    else problems.push(duplicate(`\`${type}\` of \`${file}\` is not used: \`${taken}\` defines this type.`));
  }
  return Object.keys(nodes).length === 0 ? undefined : { name, version, cacheEpoch, nodes };
}

function duplicate(message: string): PackProblem {
  return { code: "pack.duplicate", message, suggestion: "Give it a type and a name of its own." };
}
