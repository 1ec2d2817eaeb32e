import type { NodeOutputs } from "../cache/result-cache.ts";
import { EngineError } from "../errors.ts";
import type { PlannedNode } from "../plan/plan.ts";
import { checkValue } from "../schema/check-value.ts";
import type { CallerValue } from "./resolve-references.ts";

/** For each node with references, their values in this run, in their order. */
export type OpenValues = ReadonlyMap<number, readonly CallerValue[]>;

/**
 * The inputs of a node whose sources are all there: constants, references and linked values under their names.
 * Fails with an `input.*` code when a linked value is outside what the input takes.
 */
export function gatherInputs(
  node: PlannedNode,
  values: readonly (NodeOutputs | undefined)[],
  open: readonly CallerValue[] | undefined,
): Record<string, unknown> {
  const inputs: Record<string, unknown> = { ...node.constants };
  node.references.forEach(({ input, item }, i) => place(inputs, input, item, open?.[i]));
  for (const { input, item, source, output, check } of node.links) {
    place(inputs, input, item, values[source]![output]);
    if (check) checkLinked(node, input, inputs[input]);
  }
  return inputs;
}

function place(inputs: Record<string, unknown>, input: string, item: number | undefined, value: unknown): void {
  if (item === undefined) inputs[input] = value;
  else inputs[input] = (inputs[input] as readonly unknown[]).with(item, value);
}

function checkLinked({ id, description }: PlannedNode, input: string, value: unknown): void {
  const [problem] = checkValue(description.inputs[input]!.schema, value, "value");
  if (!problem) return;
  const { code, expected, received, suggestion } = problem;
  const message = `\`${input}\` of \`${id}\` takes ${expected}, but its link brought ${received}`;
  throw new EngineError({
    code,
    message,
    node: id,
    input,
    expected,
    received,
    ...(suggestion !== undefined && { suggestion }),
  });
}
