import type { NodeOutputs, Plan, RunCheckpoints } from "@inlay/engine";
import { decodeOutputs, encodableOutputs } from "../result-cache/encode-outputs.ts";
import { isPicture } from "../runs/is-picture.ts";
import type { Attempt, RunLog } from "../runs/run-log.ts";
import type { RunStore } from "../runs/run-store.ts";
import type { KeptFiles } from "./kept-files.ts";

/** Results up to this size are rows beside the events, larger ones files. */
const mostRowBytes = 256 * 1024;

/** Reads what an earlier attempt of a run has kept in a place. */
export async function readCheckpoint(
  { store, files }: { readonly store: RunStore; readonly files: KeptFiles },
  run: string,
  place: string,
): Promise<NodeOutputs | undefined> {
  const kept = await store.checkpoint(run, place);
  if (kept?.file !== undefined) return files.read(run, kept.file);
  return kept?.outputs && decodeOutputs(kept.outputs);
}

/** The checkpoints of one attempt of a run, and those of the attempts before. */
export interface AttemptCheckpoints extends RunCheckpoints {
  /** Whether an attempt before has kept something there. */
  has(place: string): boolean;
}

/** Keeps what an attempt makes beside its events: what is told as finished is on disk by then. */
export async function attemptCheckpoints(
  of: Attempt,
  plan: Plan,
  parts: { readonly store: RunStore; readonly runLog: RunLog; readonly files: KeptFiles },
): Promise<AttemptCheckpoints> {
  const { store, runLog, files } = parts;
  const before = new Map(
    of.attempt <= 1 ? [] : (await store.checkpoints(of.run)).map((kept) => [kept.place, kept] as const),
  );
  const filesOf = new Map([...before].flatMap(([place, { file }]) => (file === undefined ? [] : [[place, file]])));
  const neverCached = neverCachedIn(plan);

  const keepFile = (place: string, key: string, outputs: NodeOutputs | Promise<NodeOutputs>, bytes: number): void => {
    const file = files.write(of, { key, outputs, bytes });
    filesOf.set(place, file.name);
    runLog.tellKept(of, { place, key, file: file.name }, file);
  };

  return {
    has: (place) => before.has(place),
    find(place, key) {
      return before.get(place)?.key === key ? readCheckpoint(parts, of.run, place) : undefined;
    },
    keep(place, key, outputs) {
      if (outputs instanceof Promise) return keepFile(place, key, outputs, 0);
      const taken = neverCached.get(place.slice(place.lastIndexOf(":") + 1));
      const needed = taken ? smallOrTaken(outputs, taken) : outputs;
      const encodable = encodableOutputs(needed);
      // What no file can hold, such as a function, is made again.
      if (!encodable) return;
      if (encodable.byteLength > mostRowBytes) return keepFile(place, key, needed, encodable.byteLength);
      filesOf.delete(place);
      runLog.tellKept(of, { place, key, outputs: Buffer.concat(encodable.encode()) });
    },
    release(place) {
      const file = filesOf.get(place);
      filesOf.delete(place);
      runLog.tellReleased(of, place, () => file !== undefined && files.remove(of.run, file));
    },
    roomAgain: files.roomAgain,
  };
}

/**
 * The nodes that are never cached, such as saves, and which of their outputs other nodes take: only these are needed to go on
 * behind them, and a picture that was written need not be kept once more.
 */
export function neverCachedIn({ nodes }: Plan): ReadonlyMap<string, ReadonlySet<string>> {
  const taken = new Map<string, Set<string>>();
  for (const { id, description } of nodes) if (description.cache === "never") taken.set(id, new Set());
  for (const { links } of nodes) for (const { source, output } of links) taken.get(nodes[source]!.id)?.add(output);
  return taken;
}

/** Without pictures that nobody takes. */
function smallOrTaken(outputs: NodeOutputs, taken: ReadonlySet<string>): NodeOutputs {
  const entries = Object.entries(outputs).filter(([name, value]) => taken.has(name) || !isPicture(value));
  return Object.fromEntries(entries);
}
