import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { EngineError, isJsonObject, suggestName } from "@inlay/engine";
import type { JsonValue } from "@inlay/engine";
import { parseByteSize } from "./byte-size.ts";
import { isMissing } from "./file-error.ts";
import type { Environment } from "./remote.ts";

/** What a person has set for all workspaces. No workspace and no workflow file can set any of it. */
export interface UserConfig {
  /** The folder of `config.json` and of the person's own nodes, absolute. It need not exist. */
  readonly folder: string;
  /** Bytes of results and artifacts that a workspace keeps on disk. */
  readonly cacheBytes?: number;
  /** Packages of nodes, by name or path, resolved from the folder. */
  readonly packs: readonly string[];
  /** Where pictures are published for a service that takes addresses; see `publishingSettings`. */
  readonly publisher?: JsonValue;
}

/** What the cache of a workspace may take when nobody says otherwise. */
export const defaultCacheBytes = 5e9;

const keys = ["cacheSize", "packs", "publisher"];

/**
 * The folder of a person's configuration: `INLAY_CONFIG_DIR`, else `inlay` in `XDG_CONFIG_HOME`, else
 * `~/.config/inlay`. A relative `INLAY_CONFIG_DIR` fails with `config.invalid`, since it would lead into whatever
 * folder is current; a relative `XDG_CONFIG_HOME` is ignored, as its specification wants.
 */
export function configFolder(env: Environment): string {
  const own = env["INLAY_CONFIG_DIR"];
  if (own !== undefined && own !== "") {
    if (isAbsolute(own)) return own;
    throw new EngineError({
      code: "config.invalid",
      message: "The variable INLAY_CONFIG_DIR is not an absolute path.",
      expected: "an absolute path",
      received: own,
    });
  }
  const xdg = env["XDG_CONFIG_HOME"];
  return join(xdg !== undefined && isAbsolute(xdg) ? xdg : join(homedir(), ".config"), "inlay");
}

/**
 * Reads a person's `config.json`: `{ "cacheSize": "20GB", "packs": ["inlay-film", "./my-pack"], "publisher": { … } }`,
 * every key optional.
 *
 * Fails with `config.invalid` for what it cannot understand, and with `config.unreadable`; an absent file is an empty one.
 */
export async function readUserConfig(env: Environment): Promise<UserConfig> {
  const folder = configFolder(env);
  const file = join(folder, "config.json");
  const config = await readObject(file);
  for (const key of Object.keys(config)) if (!keys.includes(key)) throw unknownKey(file, key);
  const { cacheSize, packs = [], publisher } = config;
  const cacheBytes = cacheSize === undefined ? undefined : sizeOf(cacheSize, `\`cacheSize\` in \`${file}\``);
  if (!isListOfNames(packs)) throw invalid(`\`packs\` in \`${file}\``, "a list of package names or paths", packs);
  return {
    folder,
    packs,
    ...(cacheBytes !== undefined && { cacheBytes }),
    ...(publisher !== undefined && { publisher }),
  };
}

/** The bytes that a workspace may keep: from `INLAY_CACHE_SIZE`, else the configuration, else 5 GB. */
export function cacheBytesOf(env: Environment, config: UserConfig): number {
  const text = env["INLAY_CACHE_SIZE"];
  if (text !== undefined && text !== "") return sizeOf(text, "The variable INLAY_CACHE_SIZE");
  return config.cacheBytes ?? defaultCacheBytes;
}

async function readObject(file: string): Promise<Record<string, JsonValue>> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    if (isMissing(cause)) return {};
    const message = `Your configuration \`${file}\` cannot be read.`;
    throw new EngineError({ code: "config.unreadable", message, received: file }, { cause });
  }
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw invalid(`Your configuration \`${file}\``, "a JSON object", (cause as Error).message);
  }
  if (isJsonObject(value)) return { ...value };
  throw invalid(`Your configuration \`${file}\``, "a JSON object", value);
}

function sizeOf(value: JsonValue, what: string): number {
  const bytes = typeof value === "string" || typeof value === "number" ? parseByteSize(String(value)) : undefined;
  if (bytes !== undefined) return bytes;
  throw invalid(what, "a size such as `20GB` or `500MB`", value);
}

function isListOfNames(value: JsonValue): value is string[] {
  return Array.isArray(value) && value.every((name) => typeof name === "string" && name !== "");
}

function invalid(what: string, expected: string, value: JsonValue): EngineError {
  const received = typeof value === "string" ? value : JSON.stringify(value);
  return new EngineError({ code: "config.invalid", message: `${what} is not ${expected}.`, expected, received });
}

function unknownKey(file: string, key: string): EngineError {
  const near = suggestName(key, keys);
  return new EngineError({
    code: "config.invalid",
    message: `Your configuration \`${file}\` has a key \`${key}\` that means nothing.`,
    expected: keys.join(", "),
    received: key,
    ...(near !== undefined && { suggestion: `Did you mean \`${near}\`?` }),
  });
}
