import type { NodeOutputs } from "../cache/result-cache.ts";
import { EngineError, errorData, type ErrorData } from "../errors.ts";
import type { NodeDefinition } from "../node/define-node.ts";
import { indexLinks } from "../plan/index-links.ts";
import { mappedGroups } from "../plan/mapped-groups.ts";
import { narrowNode } from "../plan/narrow-node.ts";
import type { Plan, PlanIndex, PlannedNode } from "../plan/plan.ts";
import type { RunCounts, RunEventBody } from "./events.ts";
import type { ExecutionResult } from "./execution.ts";
import { gatherInputs, type OpenValues } from "./gather-inputs.ts";
import { itemInputs } from "./list-items.ts";
import { NodeState } from "./node-state.ts";
import type { CallerValue } from "./resolve-references.ts";

/** A part of a plan that can run now. */
export interface Stage {
  /** The plan with the links that are known to be needed; its targets are what this stage is for. */
  readonly plan: Plan;
  readonly openValues: OpenValues;
  /** By node, what earlier stages made. */
  readonly held: readonly (NodeOutputs | undefined)[];
  /** What earlier stages counted. */
  readonly counts: RunCounts;
}

/** An execution of a stage, and how far each node came. */
export interface StageResult extends ExecutionResult {
  readonly state: Uint8Array;
}

/** What a run with lazy nodes is made of. */
export interface StagedRun {
  readonly plan: Plan;
  /** By index. */
  readonly definitions: readonly NodeDefinition[];
  readonly openValues: OpenValues;
  readonly emit: ((event: RunEventBody) => void) | undefined;
  execute(stage: Stage): Promise<StageResult>;
  /** Whether nothing more may start, after these failures. */
  isOver(errors: readonly ErrorData[]): boolean;
}

/**
 * Runs a plan whose lazy nodes say on the way which inputs they need. A stage runs all that is surely needed and lies
 * behind no lazy node that is undecided; then these are asked, which needs the inputs that are there by then. With
 * everything decided the last stage is an ordinary execution, so each node's key covers what is needed and no more.
 */
export function executeInStages(run: StagedRun): Promise<ExecutionResult> {
  return new StagedExecution(run).run();
}

class StagedExecution {
  readonly #run: StagedRun;
  readonly #nodes: PlannedNode[];
  /** Lazy nodes that have not said what they need. */
  readonly #undecided: Set<number>;
  readonly #open: Map<number, readonly CallerValue[]>;
  readonly #held: (NodeOutputs | undefined)[];
  /** Nodes that failed or were skipped, by the id of what failed first. */
  readonly #lost = new Map<number, string>();
  readonly #errors: ErrorData[] = [];
  /** What is told after the stage, so that nothing comes before `run.started`. */
  readonly #untold: RunEventBody[] = [];
  #counts: RunCounts = { executed: 0, cached: 0, failed: 0, skipped: 0, paid: 0 };
  #links!: PlanIndex;

  constructor(run: StagedRun) {
    this.#run = run;
    this.#nodes = [...run.plan.nodes];
    this.#undecided = new Set(run.plan.lazy);
    this.#open = new Map(run.openValues);
    this.#held = Array.from({ length: this.#nodes.length });
    for (const node of this.#undecided) this.#narrow(node, []);
  }

  async run(): Promise<ExecutionResult> {
    for (;;) {
      this.#ask();
      const { stage, isLast } = this.#nextStage();
      const result = await this.#run.execute(stage);
      this.#take(stage, result);
      if (isLast || this.#run.isOver(this.#errors))
        return { values: this.#held, errors: this.#errors, counts: this.#counts };
    }
  }

  /** Asks every undecided node whose inputs are there. */
  #ask(): void {
    for (const node of this.#undecided) {
      if (!this.#nodes[node]!.links.every(({ source }) => this.#held[source])) continue;
      this.#undecided.delete(node);
      const needed = this.#needsOf(node);
      if (needed) this.#narrow(node, needed);
    }
    this.#links = indexLinks(this.#nodes);
  }

  #needsOf(node: number): readonly string[] | undefined {
    const planned = this.#nodes[node]!;
    const { inputs, type } = planned.description;
    try {
      const same = gatherInputs(planned, this.#held, this.#open.get(node));
      const needs = this.#run.definitions[node]!.needs!;
      // For a list the branch runs that any item asks for.
      const needed =
        planned.each === undefined
          ? needs(same)
          : itemInputs(planned, this.#held).flatMap((item) => needs({ ...same, ...item }));
      const unknown = needed.find((input) => !inputs[input]?.lazy);
      if (unknown === undefined) return needed;
      throw new EngineError({ code: "node.internal", message: `${type} asked for \`${unknown}\`, which is not lazy.` });
    } catch (error) {
      this.#fail(node, error);
      return undefined;
    }
  }

  #fail(node: number, cause: unknown): void {
    const { id, description } = this.#nodes[node]!;
    const error: ErrorData = { ...errorData(cause), node: id, nodeType: description.type };
    this.#lost.set(node, id);
    this.#errors.push(error);
    this.#counts = { ...this.#counts, failed: this.#counts.failed + 1 };
    this.#untold.push({ type: "node.failed", node: id, error });
  }

  /** Makes a node the one with only those of its lazy inputs that it has asked for. */
  #narrow(node: number, asked: readonly string[]): void {
    const whole = this.#run.plan.nodes[node]!;
    this.#nodes[node] = narrowNode(whole, asked);
    const values = this.#run.openValues.get(node);
    if (values === undefined) return;
    const { references } = this.#nodes[node];
    this.#open.set(
      node,
      values.filter((_, i) => references.includes(whole.references[i]!)),
    );
  }

  #nextStage(): { readonly stage: Stage; readonly isLast: boolean } {
    const { plan } = this.#run;
    const needed = this.#findNeeded();
    this.#skipLost(needed);
    const waits = this.#findWaiting();
    const isInStage = (node: number): boolean => needed[node] === 1 && waits[node] === 0;
    const isLast = needed.every((isNeeded, node) => isNeeded === 0 || waits[node] === 0 || this.#lost.has(node));
    const targets = isLast ? plan.targets.filter(isInStage) : this.#targetsOf(isInStage);
    return {
      isLast,
      stage: {
        plan: {
          ...plan,
          ...this.#links,
          nodes: this.#nodes,
          groups: plan.groups && mappedGroups(this.#nodes),
          targets,
          // Also of those that only have to run, to know in the next stage that they have.
          kept: new Set(targets),
          open: plan.open.filter(isInStage),
        },
        openValues: this.#open,
        held: this.#held,
        counts: this.#counts,
      },
    };
  }

  /** From the targets back through links that are known to be needed. */
  #findNeeded(): Uint8Array {
    const needed = new Uint8Array(this.#nodes.length);
    for (const target of this.#run.plan.targets) needed[target] = 1;
    for (let node = needed.length - 1; node >= 0; node--) {
      if (needed[node] === 0) continue;
      for (const { source } of this.#nodes[node]!.links) needed[source] = 1;
    }
    return needed;
  }

  /** Nodes that are undecided or lost, and all behind them. */
  #findWaiting(): Uint8Array {
    const waits = new Uint8Array(this.#nodes.length);
    this.#nodes.forEach(({ links }, node) => {
      const isFirst = this.#undecided.has(node) || this.#lost.has(node);
      if (isFirst || links.some(({ source }) => waits[source] === 1)) waits[node] = 1;
    });
    return waits;
  }

  /** What is behind a lost node is lost too. */
  #skipLost(needed: Uint8Array): void {
    if (this.#lost.size === 0) return;
    this.#nodes.forEach(({ id, links }, node) => {
      if (needed[node] === 0 || this.#lost.has(node)) return;
      const because = links.flatMap(({ source }) => this.#lost.get(source) ?? [])[0];
      if (because === undefined) return;
      this.#lost.set(node, because);
      this.#undecided.delete(node);
      this.#counts = { ...this.#counts, skipped: this.#counts.skipped + 1 };
      this.#untold.push({ type: "node.skipped", node: id, because });
    });
  }

  /** The run's own targets, and what a later stage may need: its value is held. */
  #targetsOf(isInStage: (node: number) => boolean): number[] {
    const { targets, nodes } = this.#run.plan;
    const chosen = new Set(targets.filter(isInStage));
    nodes.forEach(({ links }, node) => {
      if (isInStage(node)) return;
      for (const { source } of links) if (isInStage(source)) chosen.add(source);
    });
    return [...chosen];
  }

  #take({ plan }: Stage, { values, errors, counts, state }: StageResult): void {
    for (const event of this.#untold.splice(0)) this.#run.emit?.(event);
    for (const target of plan.targets) this.#held[target] = values[target];
    this.#errors.push(...errors);
    this.#counts = sum(this.#counts, counts);
    if (errors.length === 0) return;
    const because = errors[0]!.node ?? "";
    state.forEach((reached, node) => {
      if (reached === NodeState.Failed) this.#lost.set(node, this.#nodes[node]!.id);
      else if (reached === NodeState.Skipped) this.#lost.set(node, because);
    });
  }
}

function sum(a: RunCounts, b: RunCounts): RunCounts {
  return {
    executed: a.executed + b.executed,
    cached: a.cached + b.cached,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    paid: a.paid + b.paid,
  };
}
