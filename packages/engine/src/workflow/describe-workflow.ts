import type { JsonValue } from "../json.ts";
import type { InputDescription, NodeCatalog } from "../node/description.ts";
import { describeSchema } from "../schema/describe-schema.ts";
import type { NumberSchema } from "../schema/value-schema.ts";
import { own } from "./own.ts";
import { referenceOf } from "./reference.ts";
import { describeSubWorkflows } from "./sub-workflows.ts";
import { namedInputSchema, type NamedInput, type Workflow } from "./workflow.ts";

/** What callers see of a workflow: its named inputs and outputs. */
export interface WorkflowDescription {
  readonly name?: string;
  readonly description?: string;
  readonly inputs: readonly NamedInputDescription[];
  readonly outputs: readonly NamedOutputDescription[];
}

export interface NamedInputDescription {
  readonly name: string;
  readonly type: string;
  /** The values that it takes, in words: its own range and those of the inputs that it feeds. */
  readonly accepts: string;
  readonly required: boolean;
  readonly default?: JsonValue;
  readonly title?: string;
  readonly description?: string;
  readonly unit?: string;
}

export interface NamedOutputDescription {
  readonly name: string;
  /** In words, or `unknown` when the node's type is not installed. */
  readonly type: string;
  readonly title?: string;
  readonly description?: string;
}

/** The form of a workflow, as help, API and forms show it, in the order that its author gave. */
export function describeWorkflow(workflow: Workflow, catalog: NodeCatalog): WorkflowDescription {
  const { catalog: known } = describeSubWorkflows(workflow, catalog);
  const consumers = inputsFed(workflow, known);
  const { name, description } = workflow;
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    inputs: inOrder(workflow.inputs).map(([input, declared]) =>
      describeInput(input, declared, consumers.get(input) ?? []),
    ),
    outputs: inOrder(workflow.outputs).map(([output, { node, output: of, title, description: text }]) => {
      const type = own(workflow.nodes, node)?.type;
      const schema = type === undefined ? undefined : own(own(known.nodes, type)?.outputs ?? {}, of)?.schema;
      return {
        name: output,
        type: schema ? describeSchema(schema) : "unknown",
        ...(title !== undefined && { title }),
        ...(text !== undefined && { description: text }),
      };
    }),
  };
}

function inOrder<T extends { readonly order?: number }>(declared: { readonly [name: string]: T }): [string, T][] {
  return Object.entries(declared).sort(([, a], [, b]) => (a.order ?? Infinity) - (b.order ?? Infinity) || 0);
}

/** For each named input the node inputs that it feeds. */
function inputsFed(workflow: Workflow, catalog: NodeCatalog): Map<string, InputDescription[]> {
  const fed = new Map<string, InputDescription[]>();
  for (const { type, inputs } of Object.values(workflow.nodes)) {
    const described = own(catalog.nodes, type)?.inputs ?? {};
    for (const [input, value] of Object.entries(inputs)) {
      const reference = referenceOf(value);
      const description = own(described, input);
      if (reference?.kind !== "input" || !description) continue;
      fed.set(reference.name, [...(fed.get(reference.name) ?? []), description]);
    }
  }
  return fed;
}

function describeInput(
  name: string,
  declared: NamedInput,
  consumers: readonly InputDescription[],
): NamedInputDescription {
  const [first] = consumers;
  const title = declared.title ?? first?.title;
  const description = declared.description ?? first?.description;
  return {
    name,
    type: declared.type,
    accepts: accepted(declared, consumers),
    required: declared.default === undefined,
    ...(declared.default !== undefined && { default: declared.default }),
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(first?.unit !== undefined && { unit: first.unit }),
  };
}

const paths: { readonly [type in NamedInput["type"]]?: string } = {
  image: "path of an image",
  mask: "path of a mask",
  file: "path of a file",
};

/** A path; or what all numeric schemas allow; or a choice, the declaration's before a consumer's; or what the last says. */
function accepted(declared: NamedInput, consumers: readonly InputDescription[]): string {
  const path = paths[declared.type];
  if (path !== undefined) return path;
  const schemas = [namedInputSchema(declared), ...consumers.map(({ schema }) => schema)];
  const numbers = schemas.flatMap((schema) => (schema.type === "integer" || schema.type === "number" ? [schema] : []));
  if (numbers.length === schemas.length) return describeSchema(narrowest(numbers));
  return describeSchema(schemas.find(({ type }) => type === "enum") ?? schemas.at(-1)!);
}

/** What satisfies all of them, but for steps: those stay the matter of the check. */
function narrowest(schemas: readonly NumberSchema[]): NumberSchema {
  const lowest = schemas.reduce((a, b) => (lowerBound(b) > lowerBound(a) ? b : a));
  const highest = schemas.reduce((a, b) => (upperBound(b) < upperBound(a) ? b : a));
  return {
    type: schemas.some(({ type }) => type === "integer") ? "integer" : "number",
    ...(lowest.min !== undefined && { min: lowest.min }),
    ...(lowest.exclusiveMin !== undefined && { exclusiveMin: lowest.exclusiveMin }),
    ...(highest.max !== undefined && { max: highest.max }),
    ...(highest.exclusiveMax !== undefined && { exclusiveMax: highest.exclusiveMax }),
  };
}

function lowerBound({ min, exclusiveMin }: NumberSchema): number {
  return min ?? exclusiveMin ?? -Infinity;
}

function upperBound({ max, exclusiveMax }: NumberSchema): number {
  return max ?? exclusiveMax ?? Infinity;
}
