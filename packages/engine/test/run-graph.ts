import { z } from "zod";
import { createEngine, type Engine, type EngineOptions, type Run } from "../src/run/engine.ts";
import type { RunEvent } from "../src/run/events.ts";
import type { RunOptions, RunResult } from "../src/run/run-options.ts";
import type { JsonValue } from "../src/json.ts";
import { compilePlan } from "../src/plan/compile-plan.ts";
import type { Plan } from "../src/plan/plan.ts";
import { defineNode, type NodeDefinition } from "../src/node/define-node.ts";
import type { NodeContext } from "../src/node/context.ts";
import { definePack } from "../src/node/pack.ts";
import type { PinnedOutputs } from "../src/workflow/pinned.ts";
import type { Workflow, WorkflowNode } from "../src/workflow/workflow.ts";
import { testHost, testServices } from "./node-host.ts";

/** A workflow of the given nodes, written shortly: `{ a: ["test/number", { value: 1 }] }`. */
export function workflowOf(
  nodes: Record<
    string,
    [type: string, inputs: Record<string, JsonValue>, disabled?: "mute" | "bypass" | { readonly pinned: PinnedOutputs }]
  >,
  more: Partial<Workflow> = {},
): Workflow {
  const entries = Object.entries(nodes).map(([id, [type, inputs, disabled]]): [string, WorkflowNode] => [
    id,
    { type, version: 1, inputs, ...(typeof disabled === "string" ? { disabled } : disabled) },
  ]);
  return {
    inlay: 1,
    inputs: {},
    outputs: {},
    packs: {},
    assets: {},
    nodes: Object.fromEntries(entries),
    workflows: {},
    view: {},
    ...more,
  };
}

/** A link, as files write it. */
export const link = (node: string, output = "value"): JsonValue => ({ $link: [node, output] });

/** `test/number` gives its value, `test/add` sums a and b; both note in `log` that they ran. */
export function arithmetic(log: string[] = []): NodeDefinition[] {
  const common = { version: 1, category: "Test", description: "For tests.", outputs: { value: z.number() } } as const;
  const note = (ctx: NodeContext): void => void log.push(ctx.run.node);
  return [
    defineNode({
      ...common,
      type: "test/number",
      title: "Number",
      inputs: { value: z.number() },
      run: ({ value }, ctx) => (note(ctx), { value }),
    }),
    defineNode({
      ...common,
      type: "test/add",
      title: "Add",
      inputs: { a: z.number(), b: z.number().default(0) },
      run: ({ a, b }, ctx) => (note(ctx), { value: a + b }),
    }),
  ];
}

export interface Bench {
  readonly engine: Engine;
  plan(workflow: Workflow, targets?: readonly string[]): Plan;
  start(plan: Plan, options?: Partial<RunOptions>): Run & { readonly events: RunEvent[] };
  run(
    workflow: Workflow,
    options?: Partial<RunOptions> & { targets?: readonly string[] },
  ): Promise<RunResult & { readonly events: RunEvent[] }>;
}

/** An engine with the given nodes, and short ways to use it. */
export function engineWith(definitions: readonly NodeDefinition[], options: Partial<EngineOptions> = {}): Bench {
  const pack = definePack({ name: "test", version: "1.0.0", cacheEpoch: 1 }, definitions);
  const engine = createEngine({ host: testHost(), packs: [pack], ...options });
  const bench: Bench = {
    engine,
    plan(workflow, targets) {
      const { plan, diagnostics } = compilePlan(workflow, engine.catalog, targets ? { targets } : {});
      if (!plan) throw new Error(diagnostics.map(({ message }) => message).join("; "));
      return plan;
    },
    start(plan, runOptions = {}) {
      const events: RunEvent[] = [];
      const run = engine.run(plan, {
        services: testServices(),
        onEvent: (event) => void events.push(event),
        ...runOptions,
      });
      return { ...run, events };
    },
    async run(workflow, { targets, ...runOptions } = {}) {
      const { finished, events } = bench.start(bench.plan(workflow, targets), runOptions);
      return { ...(await finished), events };
    },
  };
  return bench;
}
