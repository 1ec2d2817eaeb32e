import type { NodeOutputs } from "../cache/result-cache.ts";
import { EngineError } from "../errors.ts";
import type { Plan, PlannedLink, PlannedNode, Wire } from "../plan/plan.ts";
import { checkValue } from "../schema/check-value.ts";
import type { ValueSchema } from "../schema/value-schema.ts";
import type { CallerValue } from "./resolve-references.ts";

/** For each node with references, their values in this run, in their order. */
export type OpenValues = ReadonlyMap<number, readonly CallerValue[]>;

/**
 * The inputs of a node whose sources are all there: literals, references and linked values under their names. Those of
 * which it takes one item at a time are left out.
 * Fails with an `input.*` code when a linked value is outside what the input takes.
 */
export function gatherInputs(
  node: PlannedNode,
  values: readonly (NodeOutputs | undefined)[],
  open: readonly CallerValue[] | undefined,
): Record<string, unknown> {
  // The template has every name already: a copy whose values are replaced keeps its shape, one that grows is slow.
  const inputs: Record<string, unknown> = { ...node.template };
  let hasSpread = false;
  for (const link of node.links) {
    const value = values[link.source]![link.output];
    if (link.as === "each") continue;
    if (link.checks.length > 0) for (const schema of link.checks) checkLinked(node, link, schema, value);
    if (link.item === undefined) inputs[link.input] = link.as === "wrapped" ? [value] : value;
    else placeItem(node, inputs, link.input, link.item, value);
    if (link.as === "spread") hasSpread = true;
  }
  if (open !== undefined) placeReferences(node, inputs, open);
  if (hasSpread) spreadItems(node, inputs);
  return inputs;
}

/** The same for a node whose links bring values as they are and that has no references. */
export function wireInputs(
  { nodes, sources, sourceStart }: Plan,
  index: number,
  wires: readonly Wire[],
  values: readonly (NodeOutputs | undefined)[],
): Record<string, unknown> {
  const inputs: Record<string, unknown> = { ...nodes[index]!.template };
  let at = sourceStart[index]!;
  for (let i = 0; i < wires.length; i++) {
    const { input, output } = wires[i]!;
    inputs[input] = values[sources[at++]!]![output];
  }
  return inputs;
}

/** Puts the items of a list that stands among others in its place, without looking into any other item. */
function spreadItems({ links }: PlannedNode, inputs: Record<string, unknown>): void {
  const spread = links.filter(({ as }) => as === "spread");
  for (const input of new Set(spread.map((link) => link.input))) {
    const lists = new Set(spread.flatMap((link) => (link.input === input ? [link.item] : [])));
    inputs[input] = (inputs[input] as readonly unknown[]).flatMap((item, i) => (lists.has(i) ? item : [item]));
  }
}

function placeReferences(node: PlannedNode, inputs: Record<string, unknown>, open: readonly CallerValue[]): void {
  node.references.forEach(({ input, item }, i) => {
    if (item === undefined) inputs[input] = open[i];
    else placeItem(node, inputs, input, item, open[i]);
  });
}

/** The first item of a list copies it: the template belongs to the plan. */
function placeItem(
  { template }: PlannedNode,
  inputs: Record<string, unknown>,
  input: string,
  item: number,
  value: unknown,
): void {
  if (inputs[input] === template[input]) inputs[input] = [...(template[input] as readonly unknown[])];
  (inputs[input] as unknown[])[item] = value;
}

/** Fails when a value that a link brought does not fit. */
export function checkLinked({ id }: PlannedNode, { input }: PlannedLink, takes: ValueSchema, value: unknown): void {
  const [problem] = checkValue(takes, value, "value");
  if (!problem) return;
  const { code, expected, received, suggestion } = problem;
  throw new EngineError({
    code,
    message: `\`${input}\` of \`${id}\` takes ${expected}, but its link brought ${received}.`,
    node: id,
    input,
    expected,
    received,
    ...(suggestion !== undefined && { suggestion }),
  });
}
