import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Engine, ErrorData, NodePack } from "@inlay/engine";
import type { NodeReload, ReloadableNodes } from "@inlay/host/server";

/** The nodes of a server as they are now. */
export interface LoadedNodes {
  readonly engine: Engine;
  readonly packs: readonly NodePack[];
}

export interface ReloadableParts {
  readonly loaded: LoadedNodes;
  /** Reads all packs anew. */
  find(): Promise<{ readonly packs: readonly NodePack[]; readonly problems: readonly ErrorData[] }>;
  /** Files and folders whose change is one of the nodes. */
  readonly watched: readonly string[];
  /** Told when nodes that have changed cannot be read. */
  readonly onFailure: (error: unknown) => void;
}

/** How often files are looked at, in milliseconds. A change counts when it is still the same at the next look: editors save in steps. */
const lookEveryMs = 1000;
/** More than a person keeps in such folders. */
const mostFiles = 2000;

/** Nodes that can be read anew while runs go on with those that they began with. */
export function reloadableNodes(parts: ReloadableParts): ReloadableNodes & { current(): LoadedNodes } {
  let current = parts.loaded;
  let reloading: Promise<unknown> = Promise.resolve();

  const load = async (): Promise<NodeReload> => {
    const { packs, problems } = await parts.find();
    const isChanged = signatureOf(packs) !== signatureOf(current.packs);
    if (isChanged) current = { packs, engine: current.engine.withPacks(packs) };
    return { isChanged, problems };
  };

  const reload = (): Promise<NodeReload> => {
    const next = reloading.then(load, load);
    reloading = next.catch(() => undefined);
    return next;
  };

  return {
    current: () => current,
    reload,
    watch(onChange) {
      let known: string | undefined;
      let seen: string | undefined;
      const look = async (): Promise<void> => {
        const now = await stateOf(parts.watched);
        const isSettled = now === seen;
        seen = now;
        if (!isSettled || now === known) return;
        // They may have changed between the start of the program and the first look.
        const isFirst = known === undefined;
        known = now;
        const found = await reload();
        if (found.isChanged || (found.problems.length > 0 && !isFirst)) onChange(found);
      };
      let isLooking = false;
      const timer = setInterval(() => {
        if (isLooking) return;
        isLooking = true;
        look()
          .catch(parts.onFailure)
          .finally(() => (isLooking = false));
      }, lookEveryMs).unref();
      return () => clearInterval(timer);
    },
  };
}

/** Another one for other nodes, and for other code of the same. */
function signatureOf(packs: readonly NodePack[]): string {
  return JSON.stringify(
    packs.map(({ name, version, cacheEpoch, nodes }) => [
      name,
      version,
      cacheEpoch,
      Object.values(nodes).map(describe),
    ]),
  );
}

const describe = ({ description }: NodePack["nodes"][string]): unknown => description;

/** Names, sizes and times of the files in some places. */
async function stateOf(places: readonly string[]): Promise<string> {
  const found: string[] = [];
  const open = [...places];
  for (let path = open.pop(); path !== undefined && found.length < mostFiles; path = open.pop()) {
    const info = await stat(path).catch(() => undefined);
    if (!info) continue;
    if (info.isDirectory()) open.push(...(await namesIn(path)).map((name) => join(path!, name)));
    else found.push(`${path} ${info.size} ${info.mtimeMs}`);
  }
  return found.toSorted().join("\n");
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name !== "node_modules" && !name.startsWith("."));
}
