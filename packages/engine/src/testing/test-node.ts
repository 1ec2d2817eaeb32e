import type { ArtifactStore, FileAccess, RemoteService, Signal } from "../host.ts";
import { EngineError } from "../errors.ts";
import type { NodeContext, PublishedFile } from "../node/context.ts";
import type { NodeDefinition } from "../node/define-node.ts";
import { type ExpandedGraph, expandedGraph, expansionOf, isExpansion } from "../node/expansion.ts";
import { checkValue } from "../schema/check-value.ts";

/** The parts of the context that a test may replace. */
export interface NodeTestOptions {
  readonly signal?: Signal;
  readonly files?: FileAccess;
  readonly artifacts?: ArtifactStore;
  readonly secrets?: { readonly [name: string]: string };
  readonly remote?: RemoteService;
  readonly run?: Partial<NodeContext["run"]>;
  /** The sub-workflows of the file that the node would stand in, as `ctx.subWorkflow` tells of them. */
  readonly subWorkflows?: Readonly<Record<string, ReturnType<NodeContext["subWorkflow"]>>>;
}

/** What a node did in a test. */
export interface NodeTest {
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What the node answered with instead of outputs. */
  readonly expanded?: ExpandedGraph;
  readonly progress: readonly (readonly [value: number, total: number])[];
  readonly logs: readonly string[];
  readonly published: readonly PublishedFile[];
}

/**
 * Runs one node alone, as the engine would: defaults filled in, inputs and outputs checked.
 * Fails when the node writes to its inputs or gives an output that its description does not name.
 *
 * @example
 * const { outputs } = await testNode(feather, { mask, radius: 4 });
 */
export async function testNode(
  definition: NodeDefinition,
  inputs: Readonly<Record<string, unknown>>,
  options: NodeTestOptions = {},
): Promise<NodeTest> {
  const given = withDefaults(definition, inputs);
  const before = fingerprint(given);
  const record = { progress: [] as [number, number][], logs: [] as string[], published: [] as PublishedFile[] };
  const answer = await definition.run(given, testContext(options, record));
  if (fingerprint(given) !== before) throw new Error(`${definition.description.type} wrote to its inputs.`);
  if (isExpansion(answer)) return { outputs: {}, expanded: expandedGraph(answer), ...record };
  const outputs = answer as Record<string, unknown>;
  checkOutputs(definition, outputs);
  return { outputs, ...record };
}

function withDefaults(
  { description }: NodeDefinition,
  inputs: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const unknown = Object.keys(inputs).find((name) => !description.inputs[name]);
  if (unknown !== undefined) throw new Error(`${description.type} has no input ${unknown}.`);
  const given: Record<string, unknown> = {};
  for (const [name, input] of Object.entries(description.inputs)) {
    given[name] = inputs[name] ?? input.default;
    if (given[name] === undefined && !input.required) continue;
    const [problem] = checkValue(input.schema, given[name], "value");
    if (problem) {
      const { code, expected, received } = problem;
      throw new EngineError({
        code,
        message: `${name}: expected ${expected}, received ${received}`,
        input: name,
        expected,
        received,
      });
    }
  }
  return given;
}

function checkOutputs({ description }: NodeDefinition, outputs: Readonly<Record<string, unknown>>): void {
  const surplus = Object.keys(outputs).find((name) => !description.outputs[name]);
  if (surplus !== undefined) throw new Error(`${description.type} gave an output ${surplus} that it does not declare.`);
  for (const [name, { schema }] of Object.entries(description.outputs)) {
    const [problem] = checkValue(schema, outputs[name], "value");
    if (problem)
      throw new Error(`${description.type}.${name}: expected ${problem.expected}, received ${problem.received}.`);
  }
}

interface NodeRecord {
  readonly progress: [number, number][];
  readonly logs: string[];
  readonly published: PublishedFile[];
}

function testContext(options: NodeTestOptions, record: NodeRecord): NodeContext {
  return {
    signal: options.signal ?? neverAborted,
    progress: (value, total) => void record.progress.push([value, total]),
    log: (_level, message) => void record.logs.push(message),
    yieldNow: () => Promise.resolve(),
    files: options.files ?? absent("files"),
    artifacts: options.artifacts ?? absent("artifacts"),
    secrets: options.secrets ?? {},
    remote: options.remote ?? absent("remote"),
    withSlot: async (_resource, work) => work(),
    expand: expansionOf,
    subWorkflow: (name) => options.subWorkflows?.[name],
    publish: (file) => void record.published.push(file),
    run: {
      id: "test",
      node: "node",
      workflow: "test",
      inputs: {},
      seeds: {},
      workflowText: () => '{ "inlay": 1, "nodes": {} }\n',
      ...options.run,
    },
  };
}

const neverAborted = {
  aborted: false,
  reason: undefined,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  throwIfAborted: () => undefined,
} as unknown as Signal;

/** A port that the test did not give: using it says which one is missing. */
function absent<T extends object>(name: string): T {
  const refuse = (): never => {
    throw new Error(`This node uses ctx.${name}; give testNode() one.`);
  };
  return new Proxy({}, { get: refuse }) as T;
}

/** Changes when any sample or value inside changes (FNV-1a over samples, JSON for the rest). */
function fingerprint(value: unknown): string {
  return (
    JSON.stringify(value, (_key, item: unknown) => (ArrayBuffer.isView(item) ? hashBytes(item) : item)) ?? "undefined"
  );
}

function hashBytes(view: ArrayBufferView): string {
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(view.buffer, view.byteOffset, view.byteLength))
    hash = Math.imul(hash ^ byte, 0x01000193);
  return `${view.byteLength}:${hash >>> 0}`;
}
