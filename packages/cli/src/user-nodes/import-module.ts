import { register } from "node:module";
import { pathToFileURL } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { packageRoot } from "../package-root.ts";

/** A module that waits for longer, at its top level, is given up. */
const patienceMs = 10_000;

/**
 * Makes `inlay` mean this Inlay wherever the module lies; anything else is found as Node finds it. The modules beside one that
 * has a state have the same, so that a change of a helper is imported anew, too.
 */
const resolveInlay = `
let own;
export function initialize(data) { own = data; }
export async function resolve(specifier, context, next) {
  const url = own[specifier];
  if (url !== undefined) return { url, format: "module", shortCircuit: true };
  const found = await next(specifier, context);
  const [state] = /[?]inlay=[0-9]+$/.exec(context.parentURL ?? "") ?? [];
  const isBeside = state !== undefined && /^[.]{1,2}[/]/.test(specifier) && /^file:[^?]*[.]m?js$/.test(found.url);
  return isBeside && found.format === "module" ? { ...found, url: found.url + state } : found;
}`;

let isRegistered = false;

/**
 * Imports a module of somebody else's, to which `inlay` is this Inlay. Rejects with what the module throws, or when it
 * is not ready within ten seconds.
 * @param state tells this state of the file from others, so that a change is imported anew
 */
export async function importModule(path: string, state: string): Promise<unknown> {
  registerInlay();
  const url = `${pathToFileURL(path).href}?inlay=${state}`;
  const waiting = new AbortController();
  const late = sleep(patienceMs, undefined, { signal: waiting.signal }).then(
    () => {
      throw new Error(`It was not ready after ${patienceMs / 1000} seconds: an await at its top level does not end.`);
    },
    () => undefined,
  );
  try {
    return await Promise.race([import(/* @vite-ignore */ url), late]);
  } finally {
    waiting.abort();
  }
}

function registerInlay(): void {
  if (isRegistered) return;
  isRegistered = true;
  const bundled = (name: string): string => new URL(`bundle/${name}.js`, packageRoot).href;
  const data = { inlay: bundled("index"), "inlay/testing": bundled("testing") };
  register(`data:text/javascript,${encodeURIComponent(resolveInlay)}`, { parentURL: import.meta.url, data });
}
