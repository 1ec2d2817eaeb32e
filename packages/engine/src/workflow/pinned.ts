import type { JsonValue } from "../json.ts";
import type { NodeDescription } from "../node/description.ts";
import { checkValue } from "../schema/check-value.ts";
import type { SocketName, ValueSchema } from "../schema/value-schema.ts";
import { own } from "./own.ts";
import { referenceOf } from "./reference.ts";
import type { WorkflowNode } from "./workflow.ts";

/** Outputs by name as a file pins them: literals, files and assets, or lists of these. */
export type PinnedOutputs = NonNullable<WorkflowNode["pinned"]>;

/** What a node's outputs are pinned to. A muted or bypassed node is as if nothing were pinned. */
export function pinnedOutputs({ pinned, disabled }: WorkflowNode): PinnedOutputs | undefined {
  return disabled === undefined ? pinned : undefined;
}

/**
 * Whether the outputs are those of a node that ran once for each item of a list: lists of what its description says.
 * One that cannot be anything else decides for all.
 */
export function isPinnedList(pinned: PinnedOutputs, { outputs }: Pick<NodeDescription, "outputs">): boolean {
  return Object.entries(pinned).some(([name, value]) => {
    const schema = own(outputs, name)?.schema;
    return schema !== undefined && Array.isArray(value) && !isOne(schema, value);
  });
}

/** Whether an array is one value of a type, not a list of such values. */
function isOne(schema: ValueSchema, value: readonly JsonValue[]): boolean {
  if (value.some((item) => referenceOf(item)))
    return listOptions(schema).some(({ items }) => socketsOf(items).length > 0);
  return checkValue(schema, value, "literal").length === 0;
}

/** The lists that a value may be. */
export function listOptions(schema: ValueSchema): Extract<ValueSchema, { type: "list" }>[] {
  if (schema.type === "union") return schema.options.flatMap(listOptions);
  return schema.type === "list" ? [schema] : [];
}

/** The kinds of handles that a value may be. */
export function socketsOf(schema: ValueSchema): readonly SocketName[] {
  if (schema.type === "union") return schema.options.flatMap(socketsOf);
  return schema.type === "socket" ? [schema.name] : [];
}
