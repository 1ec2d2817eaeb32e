import type { JsonValue } from "../json.ts";
import type { NodeDescription } from "../node/description.ts";
import { inputAfter, type NodeMigration, outputAfter } from "../node/node-migration.ts";
import { own } from "./own.ts";
import type { WorkflowNode } from "./workflow.ts";

/** A node of an older version as the installed one has it. */
export interface MigratedNode {
  readonly node: WorkflowNode;
  readonly from: number;
  /** The present name of each input that it had; undefined for one that was dropped. */
  readonly inputNames: ReadonlyMap<string, string | undefined>;
  /** The present name of an output of the older version. */
  outputName(old: string): string;
  /** What a literal of the older version has become, for an input by the name that it had. */
  mapLiteral(old: string, value: JsonValue): JsonValue;
}

/**
 * Brings a node to the version of its description, step by step. Pure; keys that are not known stay.
 *
 * Undefined when there is nothing to do or no way: of this version already, newer, or without migrations.
 */
export function migrateNode(node: WorkflowNode, description: NodeDescription): MigratedNode | undefined {
  const from = node.version;
  const steps = (description.migrations ?? []).filter(({ to }) => to > from);
  if (steps.length === 0 || steps.length !== description.version - from) return undefined;
  const names = Object.keys(node.inputs).map((name) => [name, nameAfter(steps, name)] as const);
  return {
    node: { ...node, version: description.version, inputs: steps.reduce(migrateInputs, node.inputs) },
    from,
    inputNames: new Map(names),
    outputName: (old) => steps.reduce((name, step) => outputAfter(step, name), old),
    mapLiteral: (old, value) => mapThrough(steps, old, value),
  };
}

type Inputs = WorkflowNode["inputs"];

function nameAfter(steps: readonly NodeMigration[], name: string): string | undefined {
  return steps.reduce<string | undefined>((at, step) => (at === undefined ? at : inputAfter(step, at)), name);
}

function migrateInputs(inputs: Inputs, step: NodeMigration): Inputs {
  const { rename = {}, set = {} } = step;
  // A renamed input takes its name, whatever else stood there and meant nothing.
  const taken = new Set(Object.keys(inputs).flatMap((name) => own(rename, name) ?? []));
  const kept = Object.entries(inputs).flatMap(([name, value]): [string, JsonValue][] => {
    const after = inputAfter(step, name);
    if (after === undefined || (after === name && taken.has(name) && !Object.hasOwn(rename, name))) return [];
    return [[after, mapValue(step, after, value)]];
  });
  const absent = Object.entries(set).filter(([name]) => !kept.some(([other]) => other === name));
  return Object.fromEntries([...kept, ...absent]);
}

function mapThrough(steps: readonly NodeMigration[], old: string, value: JsonValue): JsonValue {
  let name: string | undefined = old;
  let mapped = value;
  for (const step of steps) {
    name = inputAfter(step, name);
    if (name === undefined) return mapped;
    mapped = mapValue(step, name, mapped);
  }
  return mapped;
}

/** A scalar, or each scalar of a list, that the step names; references and all else as they are. */
function mapValue({ mapValues = {} }: NodeMigration, input: string, value: JsonValue): JsonValue {
  const values = own(mapValues, input);
  if (!values) return value;
  const map = (one: JsonValue): JsonValue => {
    const isScalar = typeof one === "string" || typeof one === "number" || typeof one === "boolean";
    return isScalar && Object.hasOwn(values, String(one)) ? values[String(one)]! : one;
  };
  return Array.isArray(value) ? (value as readonly JsonValue[]).map(map) : map(value);
}
