import type { NodeOutputs } from "../cache/result-cache.ts";
import { EngineError } from "../errors.ts";
import type { NodeDescription } from "../node/description.ts";
import { checkValue, isHandle } from "../schema/check-value.ts";
import { describeValue } from "../schema/describe-schema.ts";
import type { ValueSchema } from "../schema/value-schema.ts";

/**
 * What a node answered, once it is what its description promises: every output there, of its type, and no other.
 * Fails with `node.output`.
 */
export function checkOutputs(description: NodeDescription, node: string, answer: unknown): NodeOutputs {
  if (typeof answer !== "object" || answer === null)
    return refuse(description, node, "an object of outputs", describeValue(answer));
  const outputs = answer as NodeOutputs;
  for (const name in outputs) {
    if (!Object.hasOwn(description.outputs, name))
      return refuse(description, node, listOf(description), `an output \`${name}\``);
  }
  for (const name in description.outputs) {
    const { schema } = description.outputs[name]!;
    if (isPlain(schema, outputs[name])) continue;
    const [problem] = checkValue(schema, outputs[name], "value");
    if (problem) return refuse(description, node, `\`${name}\`: ${problem.expected}`, problem.received);
  }
  return outputs;
}

/** The quick answer for the commonest types; everything else is checked in full, which allocates. */
function isPlain(schema: ValueSchema, value: unknown): boolean {
  switch (schema.type) {
    case "socket":
      return isHandle(value, schema.name);
    case "boolean":
      return typeof value === "boolean";
    case "number":
    case "integer":
      return Number.isFinite(value) && isUnbounded(schema) && (schema.type === "number" || Number.isSafeInteger(value));
    case "string":
      return typeof value === "string" && isUnbounded(schema);
    default:
      return false;
  }
}

/** Whether a schema says nothing but its type. */
function isUnbounded(schema: ValueSchema): boolean {
  for (const name in schema) if (name !== "type") return false;
  return true;
}

function listOf({ outputs }: NodeDescription): string {
  return (
    Object.keys(outputs)
      .map((name) => `\`${name}\``)
      .join(", ") || "no outputs"
  );
}

function refuse({ type }: NodeDescription, node: string, expected: string, received: string): never {
  throw new EngineError({
    code: "node.output",
    message: `${type} answered with something that it does not declare: expected ${expected}, received ${received}.`,
    node,
    nodeType: type,
    expected,
    received,
    suggestion: "This is a fault of the node; tell its author.",
  });
}
