import { EngineError, itemKeysOf, type NodeOutputs } from "@inlay/engine";
import { readCheckpoint } from "../checkpoints/run-checkpoints.ts";
import { isPicture } from "../runs/is-picture.ts";
import type { ServerParts } from "./server-parts.ts";

/** One output of a node in a run; of a list the item. */
export interface OutputPlace {
  readonly run: string;
  readonly node: string;
  readonly output: string;
  readonly index?: number;
}

/**
 * What a node gave in a run, as far as it is kept: memory has what was made last, the disk what was dear, the run what is
 * small. Fails with `output.gone`.
 */
export async function outputValue(
  { store, files, runtime }: Pick<ServerParts, "store" | "files" | "runtime">,
  { run, node, output, index = 0 }: OutputPlace,
): Promise<unknown> {
  const key = (await store.nodes(run)).find((found) => found.node === node)?.key;
  const whole = key === undefined ? undefined : await find(key, node);
  const found = whole && !(output in whole) ? await itemOf(whole) : whole;
  if (!found || !(output in found)) throw outputGone(node, output);
  const value = found[output];
  return Array.isArray(value) && index < value.length && isPicture(value[index]) ? value[index] : value;

  async function find(cacheKey: string, place: string): Promise<NodeOutputs | undefined> {
    const cached = await runtime.cache.get(cacheKey);
    return cached?.outputs ?? readCheckpoint({ store, files }, run, place);
  }

  /** A list of pixels is kept as its items' keys: each item is a result of its own. */
  async function itemOf(list: NodeOutputs): Promise<NodeOutputs | undefined> {
    const itemKey = itemKeysOf(list)?.[index];
    return typeof itemKey === "string" ? find(itemKey, `${index}:${node}`) : undefined;
  }
}

/** The error that says that an output is not there any more. */
export function outputGone(node: string, output: string): EngineError {
  return new EngineError({
    code: "output.gone",
    message: `The output \`${output}\` of \`${node}\` is not kept, or never was.`,
    node,
    suggestion: "Run the workflow again with this node as target.",
  });
}
