import type { NodeOutputs } from "../cache/result-cache.ts";
import { EngineError } from "../errors.ts";
import type { NodeDescription } from "../node/description.ts";
import { checkValue } from "../schema/check-value.ts";
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

/** The quick answer for the commonest types; everything else is checked in full. */
function isPlain(schema: ValueSchema, value: unknown): boolean {
  if (schema.type === "socket")
    return typeof value === "object" && value !== null && "kind" in value && value.kind === schema.name;
  return schema.type === "string" &&
    schema.pattern === undefined &&
    schema.minLength === undefined &&
    schema.maxLength === undefined
    ? typeof value === "string"
    : schema.type === "boolean" && typeof value === "boolean";
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
    message: `${type} answered with something that it does not declare: expected ${expected}, received ${received}`,
    node,
    nodeType: type,
    expected,
    received,
    suggestion: "this is a fault of the node; tell its author",
  });
}
