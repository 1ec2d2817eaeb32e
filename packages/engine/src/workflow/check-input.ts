import type { Finding } from "../diagnostics/findings.ts";
import type { JsonPath } from "../diagnostics/diagnostic.ts";
import type { JsonValue } from "../json.ts";
import type { InputDescription } from "../node/description.ts";
import { assignable, canFeed, listIn } from "../schema/assignable.ts";
import { checkValue, type ValueProblem } from "../schema/check-value.ts";
import { describeSchema } from "../schema/describe-schema.ts";
import type { SocketName, ValueSchema } from "../schema/value-schema.ts";
import { type CheckContext, descriptionOf, didYouMean, listNames } from "./check-context.ts";
import { missingPin } from "./check-pinned.ts";
import { own } from "./own.ts";
import { pinnedOutputs } from "./pinned.ts";
import { referenceOf } from "./reference.ts";
import { type NamedInput, namedInputSchema, type Reference } from "./workflow.ts";

/** A value in the file, with what it must fit. */
export interface Place {
  readonly context: CheckContext;
  readonly path: JsonPath;
  /** The name of the input, for messages. */
  readonly name: string;
  readonly schema: ValueSchema;
  /** Whether the value may not vanish with a muted or bypassed node. */
  readonly required: boolean;
}

/** Checks the value that a workflow gives to a node's input. */
export function checkInput(context: CheckContext, node: string, name: string, value: JsonValue): void {
  const given = context.workflow.nodes[node];
  const description = given && descriptionOf(context, given);
  const input = description && own<InputDescription>(description.inputs, name);
  if (!input) return;
  const place = {
    context,
    path: ["nodes", node, "inputs", name],
    name,
    required: input.required && !pinnedOutputs(given),
  };
  if (input.subWorkflow) return checkSubWorkflowName({ ...place, schema: input.schema }, value);
  const feeds = context.subWorkflows.byType.get(description.type)?.feeds[name] ?? [];
  // Into a sub-workflow a value must fit everything that it ends in; one misfit is told.
  for (const schema of [input.schema, ...feeds]) {
    const told = context.findings.diagnostics.length;
    checkPlaced({ ...place, schema }, value);
    if (context.findings.diagnostics.length > told) return;
  }
}

/** The name must stand there: what it names is part of the node's key. */
function checkSubWorkflowName(place: Place, value: JsonValue): void {
  if (typeof value !== "string")
    return add(place, wrongType(place, "something else", "Write the name of a sub-workflow."));
  if (own(place.context.workflow.workflows, value)) return;
  const names = place.context.known.workflows;
  add(place, {
    code: "workflow.unknown",
    message: `\`${place.name}\` names the sub-workflow \`${value}\`, which does not exist.`,
    expected: listNames(names),
    received: `\`${value}\``,
    ...didYouMean(place.context, value, names),
  });
}

/** Checks a reference, a list of which some items may be references, or a literal. */
export function checkPlaced(place: Place, value: JsonValue): void {
  const reference = referenceOf(value);
  if (reference) return checkReference(place, reference);
  if (!Array.isArray(value) || !value.some((item: JsonValue) => referenceOf(item))) return checkLiteral(place, value);
  const list = listIn(place.schema);
  if (!list) return add(place, wrongType(place, "a list of references"));
  checkLiteral({ ...place, schema: { ...list, items: { type: "json" } } }, value);
  (value as readonly JsonValue[]).forEach((item, index) => {
    checkPlaced({ ...place, path: [...place.path, index], schema: list.items, required: true }, item);
  });
}

function add({ context, path }: Place, finding: Finding): void {
  context.findings.add(finding, ...path);
}

function wrongType({ name, schema }: Place, received: string, suggestion?: string): Finding {
  return {
    code: "input.type",
    message: `\`${name}\` has a value of the wrong type.`,
    expected: describeSchema(schema),
    received,
    ...(suggestion !== undefined && { suggestion }),
  };
}

const problemMessages: { readonly [code in ValueProblem["code"]]?: string } = {
  "input.type": "has a value of the wrong type",
  "input.range": "is out of range",
  "input.choice": "is not among the choices",
  "input.pattern": "has a text that does not fit",
  "input.needs-link": "takes a link, not a literal",
  "input.unknown": "has a field that is not known",
  "input.missing": "lacks a field",
};

function checkLiteral(place: Place, value: JsonValue): void {
  for (const { path, ...problem } of checkValue(place.schema, value, "literal")) {
    const message = `\`${place.name}\` ${problemMessages[problem.code] ?? "has a value that does not fit"}.`;
    add({ ...place, path: [...place.path, ...path] }, { message, ...problem });
  }
}

function checkReference(place: Place, reference: Reference): void {
  switch (reference.kind) {
    case "link":
      return checkLink(place, reference);
    case "input":
      return checkNamedInput(place, reference.name);
    case "file":
      return checkFile(place, `the file ${JSON.stringify(reference.path)}`);
    case "asset":
      return checkAsset(place, reference.sha256);
    case "seed":
      return assignable({ type: "integer" }, place.schema) ? undefined : add(place, wrongType(place, "a seed"));
  }
}

function checkLink(place: Place, { node, output }: { readonly node: string; readonly output: string }): void {
  const { context, schema } = place;
  const source = own(context.workflow.nodes, node);
  if (!source) return add(place, unknownNode(context, node));
  if (source.disabled === "mute") return place.required ? add(place, mutedSource(node)) : undefined;
  const description = descriptionOf(context, source);
  if (!description) return;
  const made = own(description.outputs, output);
  if (!made) return add(place, unknownOutput(context, node, output, Object.keys(description.outputs)));
  const missing = missingPin(source, node, output);
  if (missing) return add(place, missing);
  if (!canFeed(made.schema, schema)) return add(place, wrongLink(place, made.schema));
  if (source.disabled === "bypass") return checkBypassed(place, node, output);
  checkSilent(place, node, output);
}

/** An enabled sub-workflow may have an output that brings nothing. */
function checkSilent(place: Place, node: string, output: string): void {
  const { workflow, subWorkflows } = place.context;
  const source = own(workflow.nodes, node);
  const isSilent = source && !pinnedOutputs(source) && subWorkflows.byType.get(source.type)?.silent.has(output);
  if (isSilent && place.required) add(place, silentOutput(node, output));
}

/** What a bypassed node stands for must be there, and fit. */
function checkBypassed(place: Place, node: string, output: string): void {
  const end = place.context.follow(node, output);
  if (end.kind === "value") return checkPlaced(place, end.value);
  if (end.kind === "link") return checkSilent(place, end.node, end.output);
  if (place.required) add(place, end.kind === "muted" ? mutedSource(end.node) : emptyBypass(end.node));
}

function unknownNode(context: CheckContext, node: string): Finding {
  return {
    code: "link.unknown-node",
    message: `The link comes from the node \`${node}\`, which does not exist.`,
    ...didYouMean(context, node, context.known.nodes),
  };
}

function unknownOutput(context: CheckContext, node: string, output: string, outputs: readonly string[]): Finding {
  return {
    code: "link.unknown-output",
    message: `The node \`${node}\` has no output \`${output}\`.`,
    expected: listNames(outputs),
    received: `\`${output}\``,
    ...didYouMean(context, output, outputs),
  };
}

function mutedSource(node: string): Finding {
  return {
    code: "node.muted",
    message: `The value comes from \`${node}\`, which is muted.`,
    suggestion: `Turn \`${node}\` on, mute this node too, or give another value.`,
  };
}

function emptyBypass(node: string): Finding {
  return {
    code: "node.bypass",
    message: `The bypassed node \`${node}\` has no input of that type to pass through.`,
    suggestion: `Turn \`${node}\` on, or mute the nodes that need it.`,
  };
}

function silentOutput(node: string, output: string): Finding {
  return {
    code: "node.muted",
    message: `\`${output}\` of \`${node}\` comes from a node inside that is muted.`,
    suggestion: "Turn that node on in the sub-workflow, or give another value.",
  };
}

function wrongLink({ name, schema }: Place, made: ValueSchema): Finding {
  return {
    code: "link.type",
    message: `The link brings a value of the wrong type to \`${name}\`.`,
    expected: describeSchema(schema),
    received: describeSchema(made),
  };
}

function checkNamedInput(place: Place, name: string): void {
  const { inputs } = place.context.workflow;
  const named = own(inputs, name);
  if (!named) return add(place, unknownNamedInput(place.context, name));
  place.context.usedInputs.add(name);
  const isFile = !place.context.isInside && (named.type === "image" || named.type === "mask");
  if (isFile) return checkFile(place, `the named input \`${name}\``);
  const given = namedInputSchema(named);
  if (assignable(given, place.schema)) return checkDefault(place, name, named);
  add(place, wrongType(place, `the named input \`${name}\`: ${describeSchema(given)}`));
}

/** The default must also fit the node that it feeds. */
function checkDefault(place: Place, name: string, { default: value }: NamedInput): void {
  if (value === undefined || referenceOf(value)) return;
  checkLiteral({ ...place, path: ["inputs", name, "default"], name }, value);
}

function unknownNamedInput(context: CheckContext, name: string): Finding {
  return {
    code: "named-input.unknown",
    message: `The workflow has no named input \`${name}\`.`,
    expected: listNames(context.known.inputs),
    received: `\`${name}\``,
    ...didYouMean(context, name, context.known.inputs),
  };
}

function checkAsset(place: Place, sha256: string): void {
  const asset = own(place.context.workflow.assets, sha256);
  if (asset) return checkFile(place, `the asset \`${asset.name}\``);
  add(place, {
    code: "asset.unknown",
    message: `The workflow holds no asset \`${sha256.slice(0, 12)}…\`.`,
    suggestion: "Add it under `assets`, or name a file of the workspace with `$file`.",
  });
}

const socket = (name: SocketName): ValueSchema => ({ type: "socket", name });

/** A file feeds an input of type file; for pixels it goes through a node that decodes it. */
function checkFile(place: Place, received: string): void {
  if (assignable(socket("file"), place.schema)) return;
  const pixels = (["image", "mask"] as const).find((name) => assignable(socket(name), place.schema));
  if (pixels === undefined) return add(place, wrongType(place, received));
  add(place, {
    code: "input.needs-load",
    message: `\`${place.name}\` takes pixels, and this is a file.`,
    expected: describeSchema(place.schema),
    received,
    suggestion: `Put an ${loadNode(place.context)} node between and link its image.${pixels === "mask" ? throughMask(place.context) : ""}`,
  });
}

function throughMask({ catalog }: CheckContext): string {
  return Object.hasOwn(catalog.nodes, "mask/from-image") ? " A mask/from-image node behind it makes the mask." : "";
}

function loadNode({ catalog }: CheckContext): string {
  return Object.hasOwn(catalog.nodes, "image/load") ? "image/load" : "image loading";
}
