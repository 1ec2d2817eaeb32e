import type { Finding } from "../diagnostics/findings.ts";
import type { JsonValue } from "../json.ts";
import type { NodeDescription } from "../node/description.ts";
import { checkValue } from "../schema/check-value.ts";
import { describeSchema, describeValue } from "../schema/describe-schema.ts";
import type { ValueSchema } from "../schema/value-schema.ts";
import { type CheckContext, didYouMean, listNames } from "./check-context.ts";
import { own } from "./own.ts";
import { isPinnedList, listOptions, pinnedOutputs, type PinnedOutputs, socketsOf } from "./pinned.ts";
import { referenceOf } from "./reference.ts";
import type { WorkflowNode } from "./workflow.ts";

/** Checks what a node's outputs are pinned to against what they are. */
export function checkPinned(context: CheckContext, id: string, node: WorkflowNode, description: NodeDescription): void {
  const pinned = pinnedOutputs(node);
  if (!pinned) return;
  const { findings } = context;
  const names = Object.keys(description.outputs);
  const isList = isPinnedList(pinned, description);
  findings.within("nodes", () =>
    findings.within(id, () =>
      findings.within("pinned", () => {
        if (isList) checkLengths(context, pinned);
        for (const [output, value] of Object.entries(pinned)) {
          const schema = own(description.outputs, output)?.schema;
          if (!schema) findings.add(unknownOutput(context, id, output, names), output);
          else
            findings.within(output, () =>
              checkOutput(context, isList ? { type: "list", items: schema } : schema, value),
            );
        }
      }),
    ),
  );
}

/** An output of a pinned node that somebody uses must be pinned. */
export function missingPin(node: WorkflowNode, id: string, output: string): Finding | undefined {
  const pinned = pinnedOutputs(node);
  if (!pinned || Object.hasOwn(pinned, output)) return undefined;
  return {
    code: "pin.missing",
    message: `\`${id}\` is pinned and does not run, but its output \`${output}\` is not among what is pinned.`,
    expected: listNames(Object.keys(pinned)),
    received: `\`${output}\``,
    suggestion: `Pin \`${id}\` again, or remove its \`pinned\` so that it runs.`,
  };
}

function checkOutput(context: CheckContext, schema: ValueSchema, value: JsonValue): void {
  const reference = referenceOf(value);
  if (reference) return checkHandle(context, schema, value);
  if (!Array.isArray(value) || !value.some((item: JsonValue) => referenceOf(item)))
    return checkLiteral(context, schema, value);
  const [list] = listOptions(schema);
  if (!list) return context.findings.add(wrongValue(schema, "a list of files"));
  (value as readonly JsonValue[]).forEach((item, index) =>
    context.findings.within(index, () => checkOutput(context, list.items, item)),
  );
}

function checkHandle({ workflow, findings }: CheckContext, schema: ValueSchema, value: JsonValue): void {
  if (socketsOf(schema).length === 0) return findings.add(wrongValue(schema, "a file"));
  const reference = referenceOf(value);
  if (reference?.kind !== "asset" || own(workflow.assets, reference.sha256)) return;
  findings.add({
    code: "asset.unknown",
    message: `The workflow holds no asset \`${reference.sha256.slice(0, 12)}…\`.`,
    suggestion: "Pin the node again: its content is not in the file.",
  });
}

function checkLiteral({ findings }: CheckContext, schema: ValueSchema, value: JsonValue): void {
  const [problem] = checkValue(schema, value, "literal");
  if (problem) findings.add(wrongValue(schema, describeValue(value)), ...problem.path);
}

function checkLengths({ findings }: CheckContext, pinned: PinnedOutputs): void {
  const lengths = Object.values(pinned).map((value) => (Array.isArray(value) ? value.length : undefined));
  const [first] = lengths;
  if (lengths.every((length) => length === first)) return;
  findings.add({
    code: "pin.value",
    message: "The outputs of a node that ran for each item of a list are lists of one length.",
    expected: `lists of ${first ?? "one"} items`,
    received: lengths.map((length) => (length === undefined ? "one value" : `${length} items`)).join(", "),
  });
}

function unknownOutput(context: CheckContext, id: string, output: string, outputs: readonly string[]): Finding {
  return {
    code: "pin.unknown-output",
    message: `\`${id}\` has no output \`${output}\` to pin.`,
    expected: listNames(outputs),
    received: `\`${output}\``,
    ...didYouMean(context, output, outputs),
  };
}

function wrongValue(schema: ValueSchema, received: string): Finding {
  const takesFile = socketsOf(schema).length > 0;
  return {
    code: "pin.value",
    message: "The pinned value is not of the output's type.",
    expected: describeSchema(schema),
    received,
    ...(takesFile && { suggestion: 'Pixels and files are pinned as { "$asset": sha256 } or { "$file": path }.' }),
  };
}
