import type { NodeOutputs } from "../cache/result-cache.ts";
import { EngineError, type ErrorData } from "../errors.ts";
import type { RunServices } from "../host.ts";
import type { NodeCatalog } from "../node/description.ts";
import { expandedGraph, type Expansion } from "../node/expansion.ts";
import { compileExpansion, type CompiledExpansion, expansionLimits } from "../plan/compile-expansion.ts";
import type { PlannedOutput } from "../plan/plan.ts";
import { checkRules } from "./check-rules.ts";
import type { DefinitionLoader } from "./definition-loader.ts";
import type { RunCounts } from "./events.ts";
import { executeInStages, type Stage, type StageResult } from "./execute-in-stages.ts";
import { Frame } from "./frame.ts";
import type { Execution } from "./frame-parts.ts";
import { isPartial } from "./list-items.ts";
import { NodeState } from "./node-state.ts";
import { prepareStage, type StageTools } from "./prepare-stage.ts";
import { type Identities, resolveReferences } from "./resolve-references.ts";
import { checkpointsOfExpansion } from "./run-checkpoints.ts";

/** What expanding takes besides the execution. One for all stages of a run. */
export interface ExpansionTools {
  readonly catalog: NodeCatalog;
  readonly loadDefinitions: DefinitionLoader;
  readonly services: RunServices;
  readonly remotes: StageTools["remotes"];
  readonly pictures: StageTools["pictures"];
  /** Nodes that the run has expanded to so far. */
  readonly expanded: { nodes: number };
}

/** A node that has answered with other nodes. */
export interface ExpandingNode {
  readonly frame: Frame;
  readonly node: number;
  readonly answer: Expansion;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** When the node began. */
  readonly started: number;
}

const nothing: RunCounts = { executed: 0, cached: 0, failed: 0, skipped: 0, paid: 0 };

/**
 * Runs the nodes that a node has expanded to, which has given up its slot, and lets it end with their outputs. They
 * are counted against the run's limits and its paid jobs before any of them starts.
 */
export function runExpansion(execution: Execution, expanding: ExpandingNode, tools: ExpansionTools): void {
  new ExpansionRun(execution, expanding, tools).start();
}

class ExpansionRun {
  readonly #execution: Execution;
  readonly #expanding: ExpandingNode;
  readonly #tools: ExpansionTools;
  readonly #frames: Frame[] = [];

  constructor(execution: Execution, expanding: ExpandingNode, tools: ExpansionTools) {
    this.#execution = execution;
    this.#expanding = expanding;
    this.#tools = tools;
  }

  start(): void {
    const { scheduler, store } = this.#execution;
    const { frame, node, started } = this.#expanding;
    // Should the run end before, for a failure inside, the node has failed for it too.
    const forget = scheduler.atEnd(() => {
      const [error] = this.#errors();
      if (error) frame.failBecause(node, error);
    });
    scheduler.await("pending", this.#run(), {
      returned: forget,
      proceed: (outputs) => {
        const [error] = this.#errors();
        // Before the node holds them in its own place.
        for (const { values } of this.#frames) store.handOver(values);
        if (error) frame.failBecause(node, error);
        else frame.finishWith(node, outputs, started);
        if (!error && frame.state[node] === NodeState.Done)
          for (const inner of this.#frames) inner.releaseCheckpoints();
      },
      fail: (error) => frame.fail(node, error),
    });
  }

  #errors(): readonly ErrorData[] {
    return this.#frames.flatMap(({ errors }) => errors);
  }

  async #run(): Promise<NodeOutputs> {
    const { frame, node, answer } = this.#expanding;
    const { catalog, expanded, loadDefinitions, services } = this.#tools;
    const { scheduler } = this.#execution;
    const { plan, environment, depth } = frame.parts;
    const { id } = plan.nodes[node]!;
    if (depth >= expansionLimits.depth)
      throw tooMuch("expand.too-deep", id, `nested at most ${expansionLimits.depth} deep`);

    const compiled = compileExpansion(expandedGraph(answer), { workflow: plan.workflow, catalog, node: id });
    expanded.nodes += compiled.plan.nodes.length;
    if (expanded.nodes > expansionLimits.nodes)
      throw tooMuch("expand.too-many", id, `at most ${expansionLimits.nodes} nodes that a run expands to`);
    environment.emit?.({ type: "node.expanded", node: id, nodes: compiled.plan.nodes.length });

    const definitions = await loadDefinitions(compiled.plan);
    const references = await resolveReferences(compiled.plan, compiled.inputs, services);
    const openValues = new Map(compiled.plan.open.map((open, place) => [open, references.values[place]!]));
    const identities = this.#identify(compiled);
    await checkRules(compiled.plan, definitions, openValues);
    const execute = (stage: Stage): Promise<StageResult> => this.#executeStage(stage, definitions, identities);
    const whole: Stage = { plan: compiled.plan, openValues, held: [], counts: nothing };
    const { values, counts } =
      compiled.plan.lazy.length === 0
        ? await execute(whole)
        : await executeInStages({
            plan: compiled.plan,
            definitions,
            openValues,
            emit: environment.emit,
            isOver: (errors) => errors.length > 0 && this.#execution.failFast,
            execute,
          });
    // What was asked and failed between the stages.
    scheduler.counts.failed += counts.failed;
    scheduler.counts.skipped += counts.skipped;
    if (this.#errors().length > 0) return {};
    return outputsOf(compiled.plan.outputs, values);
  }

  async #executeStage(
    stage: Stage,
    definitions: Awaited<ReturnType<DefinitionLoader>>,
    identities: Identities,
  ): Promise<StageResult> {
    const execution = this.#execution;
    const { frame, node } = this.#expanding;
    const { depth, environment, isItem } = frame.parts;
    const { plan, openValues } = stage;
    const checkpoints = checkpointsOfExpansion(frame.parts.checkpoints, plan.lazy.length > 0);
    const again = frame.isAgain(node) ? { again: new Uint8Array(plan.nodes.length).fill(1) } : {};
    const prepared = await prepareStage(
      { ...stage, definitions, identities, fingerprints: new Map(), ...again },
      {
        ...this.#tools,
        checkpoints,
        id: environment.info.id,
        signal: environment.signal,
        cache: execution.cache,
        sha256: (text) => execution.sha256(text),
      },
    );
    execution.paid.allow(prepared.work.paid);
    return new Promise((resolve) => {
      const inner = new Frame(execution, {
        ...prepared,
        ...again,
        plan,
        definitions,
        openValues,
        environment,
        identities,
        isItem,
        depth: depth + 1,
        checkpoints,
        onSettled: ({ values, state, errors }) => resolve({ values, state, errors, counts: nothing }),
      });
      this.#frames.push(inner);
      inner.begin();
      execution.scheduler.wake();
    });
  }

  /** Pixels that the node hands on are still those that somebody else made; others are its own, under their name. */
  #identify({ inputs: handed }: CompiledExpansion): Identities {
    const { frame, node, inputs } = this.#expanding;
    const { plan, keys, identities: known } = frame.parts;
    const { links } = plan.nodes[node]!;
    const identities = new Map<unknown, string>();
    for (const [name, value] of Object.entries(handed)) {
      const link = links.find(({ input, item }) => item === undefined && inputs[input] === value);
      identities.set(
        value,
        known?.get(value) ?? (link ? `${keys[link.source]!} ${link.output}` : `${keys[node]!} ${name}`),
      );
    }
    return identities;
  }
}

/** What an expansion brings; an output that nothing has made is left out, and missed by the check of the node's answer. */
function outputsOf(outputs: readonly PlannedOutput[], values: readonly (NodeOutputs | undefined)[]): NodeOutputs {
  const brought: Record<string, unknown> = {};
  for (const { name, node, output } of outputs) {
    const made = values[node];
    if (made && !isPartial(made)) brought[name] = made[output];
  }
  return brought;
}

function tooMuch(code: string, node: string, expected: string): EngineError {
  return new EngineError({
    code,
    message: `\`${node}\` expands to more than a run can hold: ${expected}.`,
    node,
    expected,
    suggestion: "Let a loop run less often, or each time over a list.",
  });
}
