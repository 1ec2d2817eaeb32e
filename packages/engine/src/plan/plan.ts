import type { JsonValue } from "../json.ts";
import type { CatalogNode } from "../node/description.ts";
import type { Reference, Workflow } from "../workflow/workflow.ts";

/**
 * A workflow made ready to run: the nodes that its targets need, each after all that it needs, links as indices.
 * Compiled once, run often; a run never changes it.
 */
export interface Plan {
  readonly workflow: Workflow;
  readonly nodes: readonly PlannedNode[];
  /** Indices of the nodes that the run is for. */
  readonly targets: readonly number[];
  /** The named outputs among the targets. */
  readonly outputs: readonly PlannedOutput[];
  /** For each node the nodes that consume it, one entry a link: `consumers[consumerStart[i] … consumerStart[i + 1]]`. */
  readonly consumerStart: Uint32Array;
  readonly consumers: Uint32Array;
  /** Indices of the nodes whose values or keys depend on more than the file: named inputs, files, seeds, services. */
  readonly open: readonly number[];
}

/** One node of a plan. Every input is in exactly one of `links`, `constants` and `references`, or absent. */
export interface PlannedNode {
  readonly id: string;
  readonly description: CatalogNode;
  readonly cacheEpoch: number;
  readonly links: readonly PlannedLink[];
  readonly constants: { readonly [input: string]: JsonValue };
  readonly references: readonly PlannedReference[];
}

/** A value that another node makes. `item` is its place when the input is a list written as several references. */
export interface PlannedLink {
  readonly input: string;
  readonly item?: number;
  readonly source: number;
  readonly output: string;
  /** The input takes less than the output may bring, so each value is checked when it arrives. */
  readonly check: boolean;
}

/** A value that is known when the run starts. */
export interface PlannedReference {
  readonly input: string;
  readonly item?: number;
  readonly reference: Exclude<Reference, { kind: "link" }>;
}

export interface PlannedOutput {
  readonly name: string;
  readonly node: number;
  readonly output: string;
}
