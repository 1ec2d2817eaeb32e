import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { type Finding, Findings } from "../diagnostics/findings.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { describeValue } from "../schema/describe-schema.ts";
import { checkAsset, checkAssetKey } from "./asset.ts";
import { withPositions } from "./locate.ts";
import { type Migration, migrate } from "./migrate.ts";
import { idPattern } from "./names.ts";
import { readJson } from "./read-json.ts";
import { checkDefaultValue, checkInputValue, checkPinnedValue } from "./reference.ts";
import {
  anyObject,
  choice,
  type Field,
  integer,
  listOf,
  nonEmptyText,
  number,
  object,
  positive,
  record,
  text,
  textOrNumber,
} from "./structure.ts";
import { longestTimeout, namedInputTypes, type Workflow } from "./workflow.ts";

/** What reading a workflow file gives: the workflow, or the errors that keep it from being one; and warnings. */
export interface WorkflowReading {
  /** Absent when there is an error. */
  readonly workflow?: Workflow;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ReadOptions {
  /** Steps from older versions of the format; default: those that ship. */
  readonly migrations?: readonly Migration[];
}

/**
 * Reads a workflow file: JSON, version, migrations, structure. Never throws for what is in the text.
 *
 * Nodes need not be known: what depends on installed packs is the matter of `checkWorkflow`. Keys that this version
 * does not know are kept, with a warning when one looks like a known key misspelled; sections that are absent become empty.
 *
 * @example
 * const { workflow, diagnostics } = readWorkflow(text);
 * for (const diagnostic of diagnostics) report(formatDiagnostic(diagnostic, "workflow.json"));
 */
export function readWorkflow(text: string, options: ReadOptions = {}): WorkflowReading {
  const { value, diagnostics } = readJson(text);
  if (value === undefined) return { diagnostics };
  const { workflow, findings } = workflowOf(value, options);
  return { ...(workflow && { workflow }), diagnostics: withPositions(text, findings.diagnostics) };
}

function workflowOf(value: JsonValue, { migrations }: ReadOptions): { workflow?: Workflow; findings: Findings } {
  const findings = new Findings();
  if (!isJsonObject(value) || !Object.hasOwn(value, "inlay")) {
    findings.add(notAWorkflow(value));
    return { findings };
  }
  const migrated = migrate(value, migrations);
  if ("problem" in migrated) {
    findings.add(migrated.problem, "inlay");
    return { findings };
  }
  checkStructure(migrated.file, findings);
  return findings.hasErrors ? { findings } : { workflow: complete(migrated.file), findings };
}

function notAWorkflow(value: JsonValue): Finding {
  const fromComfy = isJsonObject(value) && Array.isArray(value["nodes"]) && Array.isArray(value["links"]);
  return {
    code: "format.not-a-workflow",
    message: "The file is JSON but not an Inlay workflow.",
    expected: 'an object with `"inlay": 1`',
    received: describeValue(value),
    ...(fromComfy && { suggestion: "This looks like a ComfyUI workflow, which Inlay does not read." }),
  };
}

const optional = (check: Field["check"]): Field => ({ check });
const required = (check: Field["check"]): Field => ({ check, required: true });

function checkId(name: string, findings: Findings): void {
  if (idPattern.test(name)) return;
  const wanted = name.toLowerCase().replaceAll(/[^a-z0-9_-]+/g, "-");
  findings.add({
    code: "format.bad-id",
    message: "An id begins with a small letter and goes on with small letters, digits, `_` and `-`.",
    expected: "[a-z][a-z0-9_-]{0,63}",
    received: describeValue(name),
    ...(idPattern.test(wanted) && { suggestion: `Use \`${wanted}\`.` }),
  });
}

// The format, part by part

const namedInput = object({
  type: required(choice(namedInputTypes)),
  default: optional(checkDefaultValue),
  title: optional(text),
  description: optional(text),
  order: optional(number),
  min: optional(number),
  max: optional(number),
  values: optional(listOf(textOrNumber)),
});

const namedOutput = object({
  node: required(nonEmptyText),
  output: required(nonEmptyText),
  title: optional(text),
  description: optional(text),
  order: optional(number),
});

const node = object({
  type: required(nonEmptyText),
  version: required(integer(1)),
  inputs: optional(record(checkInputValue)),
  title: optional(text),
  disabled: optional(choice(["mute", "bypass"])),
  each: optional(choice(["zip", "product"])),
  timeout: optional(positive(longestTimeout)),
  pinned: optional(record(checkPinnedValue)),
});

const graph = {
  inputs: optional(record(namedInput, checkId)),
  outputs: optional(record(namedOutput, checkId)),
  nodes: optional(record(node, checkId)),
  view: optional(anyObject),
};

const checkStructure = object({
  name: optional(text),
  description: optional(text),
  ...graph,
  packs: optional(record(text)),
  assets: optional(record(checkAsset, checkAssetKey)),
  workflows: optional(record(object(graph), checkId)),
});

/** Adds the sections that the file leaves out. The structure has been checked, so the result is a workflow. */
function complete(file: JsonObject): Workflow {
  const sections = { packs: {}, assets: {}, workflows: {}, ...completeGraph(file) };
  const workflows = mapObject(sections.workflows, completeGraph);
  return { ...sections, workflows } as unknown as Workflow;
}

function completeGraph(graphFile: JsonObject): JsonObject {
  const whole = { inputs: {}, outputs: {}, nodes: {}, view: {}, ...graphFile };
  // Most nodes have inputs: thousands of them need not be copied.
  const withInputs = (nodeFile: JsonObject): JsonObject =>
    Object.hasOwn(nodeFile, "inputs") ? nodeFile : { inputs: {}, ...nodeFile };
  return { ...whole, nodes: mapObject(whole.nodes, withInputs) };
}

function mapObject(whole: JsonObject, map: (part: JsonObject) => JsonObject): JsonObject {
  const made: Record<string, JsonValue> = {};
  for (const key of Object.keys(whole)) {
    const part = whole[key]!;
    made[key] = isJsonObject(part) ? map(part) : part;
  }
  return made;
}
