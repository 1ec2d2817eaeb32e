import { randomInt } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunServices } from "@inlay/engine";
import { replaceFile } from "./atomic-file.ts";
import { writeError } from "./file-error.ts";
import { makeStateFolder } from "./workspace.ts";
import type { Workspace } from "./workspace.ts";

const seedValues = 2 ** 32;

/**
 * A source of seeds, integers of 0 … 2³²−1: `random`, or `increment`, which counts 1, 2, 3 … for each place across runs
 * in `.inlay/seeds.json` and starts again at 1 when that is damaged.
 *
 * Counters are exact within a process; two processes that count at the same moment may get the same number.
 */
export function seedSource(workspace: Workspace): RunServices["nextSeed"] {
  const path = join(workspace.stateDir, "seeds.json");
  let last: Promise<unknown> = Promise.resolve();

  const increment = async (place: string): Promise<number> => {
    const counters = await readCounters(path);
    const seed = ((counters.get(place) ?? 0) + 1) % seedValues;
    counters.set(place, seed);
    await makeStateFolder(workspace);
    const text = `${JSON.stringify(Object.fromEntries(counters), undefined, 2)}\n`;
    await replaceFile(path, Buffer.from(text), { mode: 0o600 }).catch((error: unknown) => {
      throw writeError(path, error);
    });
    return seed;
  };

  return (mode, place) => {
    if (mode === "random") return randomInt(seedValues);
    const seed = last.then(() => increment(place));
    last = seed.catch(() => undefined);
    return seed;
  };
}

async function readCounters(path: string): Promise<Map<string, number>> {
  try {
    const parsed: unknown = JSON.parse(await readFile(path, "utf8"));
    return new Map(Object.entries(parsed ?? {}).filter((entry): entry is [string, number] => isSeed(entry[1])));
  } catch {
    return new Map();
  }
}

function isSeed(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < seedValues;
}
