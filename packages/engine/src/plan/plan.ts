import type { JsonValue } from "../json.ts";
import type { CatalogNode } from "../node/description.ts";
import type { ValueSchema } from "../schema/value-schema.ts";
import type { MappedGroups } from "./mapped-groups.ts";
import type { Reference, Workflow } from "../workflow/workflow.ts";

/**
 * A workflow made ready to run: the nodes that its targets need, each after all that it needs, links as indices.
 * Compiled once, run often; a run never changes it.
 */
export interface Plan extends PlanIndex {
  readonly workflow: Workflow;
  readonly nodes: readonly PlannedNode[];
  /** Indices of the nodes that the run is for. */
  readonly targets: readonly number[];
  /** Targets whose values are wanted: the others only have to run, and what they give is let go. */
  readonly kept: ReadonlySet<number>;
  /** The named outputs among the targets. */
  readonly outputs: readonly PlannedOutput[];
  /** Indices, ascending, of the nodes whose values or keys depend on more than the file: named inputs, files, seeds, services, fingerprints. */
  readonly open: readonly number[];
  /** Indices, ascending, of the nodes that say at run time which of their inputs they need. */
  readonly lazy: readonly number[];
  /** Indices, ascending, of the nodes whose outputs stand in the file. */
  readonly pinned: readonly number[];
  /** 1 for each node whose `keyText` another node has too: only such nodes can turn out to have one key. */
  readonly hasLikeness: Uint8Array;
  /** 1 for each node with an output that may be pixels, or a list of them. */
  readonly isHeavy: Uint8Array;
  /** Which nodes run item by item together; undefined when all run once. */
  readonly groups: MappedGroups | undefined;
}

/**
 * Who needs whom, once in each direction, one entry a link. Flat arrays, because a run walks all links several times
 * and the links of 100,000 nodes as objects do not fit into a processor's cache.
 */
export interface PlanIndex {
  /** What node `i` needs: `sources[sourceStart[i] … sourceStart[i + 1]]`, in the order of its `links`. */
  readonly sourceStart: Uint32Array;
  readonly sources: Uint32Array;
  /** What needs node `i`: `consumers[consumerStart[i] … consumerStart[i + 1]]`. */
  readonly consumerStart: Uint32Array;
  readonly consumers: Uint32Array;
  /**
   * By node, what its links bring when each brings one value as it is, in the order of `sources`; undefined where a link
   * says more. One object for all nodes that are linked alike, so that a run need not read the links of each.
   */
  readonly wires: readonly (readonly Wire[] | undefined)[];
}

/** An output that becomes an input as it is. */
export interface Wire {
  readonly input: string;
  readonly output: string;
}

/** One node of a plan. */
export interface PlannedNode {
  /** As in the file; inside of a sub-workflow with the id of the node that uses it: `outer/inner`. */
  readonly id: string;
  readonly description: CatalogNode;
  /**
   * The inputs that have a value, in the order of the description: literals and defaults as they are, `undefined`
   * where a link or reference brings it, `null` for such items of a list.
   */
  readonly template: { readonly [input: string]: JsonValue | undefined };
  readonly links: readonly PlannedLink[];
  readonly references: readonly PlannedReference[];
  /** How lists go together when the node runs once for each item; undefined when it runs once. */
  readonly each: "zip" | "product" | undefined;
  /** Seconds after which it is stopped, each item for itself; undefined when it may take its time. No part of the key. */
  readonly timeout: number | undefined;
  /** Its outputs stand in the file: literals in `template`, files as `references` with the output's name; it never runs. */
  readonly pinned: boolean;
  /** What never changes of the text that the node's cache key is the hash of. */
  readonly keyText: string;
}

/** A value that another node makes. */
export interface PlannedLink {
  readonly input: string;
  /** The place when the input is a list written as several references. */
  readonly item: number | undefined;
  readonly source: number;
  readonly output: string;
  /**
   * How the value becomes that of the input: as it is; a list item by item, so that the node runs for each; one value
   * as a list of one; a list in the place of an item, whose items take that place.
   */
  readonly as: "value" | "each" | "wrapped" | "spread";
  /** Where less is taken on the way than the output may bring: each value is checked against these when it arrives. */
  readonly checks: readonly ValueSchema[];
}

/** A value that is known when the run starts. */
export interface PlannedReference {
  readonly input: string;
  /** The place when the input is a list written as several references. */
  readonly item: number | undefined;
  readonly reference: Exclude<Reference, { kind: "link" }>;
  /** Where in the file it stands, when that is not the input itself: outside of a sub-workflow, or at a bypassed node. */
  readonly place: string | undefined;
  /** What the named inputs of sub-workflows that it passed take. */
  readonly checks: readonly ValueSchema[];
}

/** A named output: what a caller finds in the run's result. */
export interface PlannedOutput {
  readonly name: string;
  readonly node: number;
  readonly output: string;
}
