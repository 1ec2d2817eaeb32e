import type { NodeOutputs } from "../cache/result-cache.ts";
import type { Plan } from "../plan/plan.ts";
import { holdsPixels } from "../schema/holds-pixels.ts";
import { isPartial, itemKeys, itemKeysOf } from "./list-items.ts";
import { NodeState } from "./node-state.ts";
import type { CheckpointView } from "./run-checkpoints.ts";

interface FrameParts {
  readonly view: CheckpointView;
  readonly plan: Plan;
  readonly keys: readonly string[];
  readonly state: Uint8Array;
  /** Brings samples back that were written out. */
  restore(outputs: NodeOutputs): Promise<NodeOutputs> | undefined;
}

/**
 * Keeps what the nodes of a frame give, as far as it is needed to go on: a result is let go when all that take it have their
 * own. Keys do not depend on pixels, so that the front of what is done is enough.
 */
export class FrameCheckpoints {
  readonly #parts: FrameParts;
  readonly #targets: ReadonlySet<number>;
  /** By node, links to nodes that have not ended well, and one that never goes for what must stay. */
  readonly #awaited: Int32Array;
  /** What is kept, and of a list whose items are kept apart how many there are. */
  readonly #kept = new Map<number, number>();

  constructor(parts: FrameParts) {
    const { plan, state, view } = parts;
    this.#parts = parts;
    this.#targets = new Set(plan.targets);
    this.#awaited = new Int32Array(view.onlyTargets ? 0 : plan.nodes.length);
    if (view.onlyTargets) return;
    for (const target of plan.targets) this.#awaited[target]!++;
    plan.nodes.forEach((_, node) => {
      if (state[node] === NodeState.Waiting || state[node] === NodeState.Following)
        for (const source of this.#sourcesOf(node)) this.#awaited[source]!++;
    });
  }

  /** It was found where it is kept. */
  know(node: number, outputs: NodeOutputs): void {
    this.#kept.set(node, this.#isApart(node) ? (itemKeysOf(outputs)?.length ?? 0) : 0);
  }

  /** A node has given this, or it was found in a cache. */
  keep(node: number, outputs: NodeOutputs, isFound: boolean): void {
    const { plan, view, keys, restore } = this.#parts;
    if (this.#kept.has(node) || (view.onlyTargets && !this.#targets.has(node))) return;
    if (plan.nodes[node]!.each !== undefined) return this.#keepList(node, outputs, isFound);
    this.#kept.set(node, 0);
    view.port.keep(this.#placeOf(node), keys[node]!, restore(outputs) ?? outputs);
  }

  /** A node has ended well: what it took may not be needed any more. */
  ended(node: number): void {
    const { onlyTargets, keepsAll } = this.#parts.view;
    if (onlyTargets || keepsAll) return;
    for (const source of this.#sourcesOf(node)) if (--this.#awaited[source]! === 0) this.#release(source);
  }

  /** Whoever the frame was for has its result. */
  releaseAll(): void {
    for (const node of this.#kept.keys()) this.#release(node);
  }

  /** Lists of pixels are kept item by item, as they are made; the list itself says which they are. */
  #keepList(node: number, outputs: NodeOutputs, isFound: boolean): void {
    const { view, keys } = this.#parts;
    const itemsOf = itemKeysOf(outputs) ?? [];
    // What has failed will be tried again, and then takes what it took.
    if (isPartial(outputs)) return this.#stay(node);
    const isApart = this.#isApart(node);
    this.#kept.set(node, isApart ? itemsOf.length : 0);
    const place = this.#placeOf(node);
    if (isApart && isFound)
      itemsOf.forEach((key, item) => view.port.keep(`${item}:${place}`, key!, itemAt(outputs, item)));
    view.port.keep(place, keys[node]!, isApart ? { [itemKeys]: itemsOf } : outputs);
    if (!isApart && !isFound) itemsOf.forEach((_, item) => view.port.release(`${item}:${place}`));
  }

  /** What a list that is not whole has, and what it was made of, is not let go. */
  #stay(node: number): void {
    if (this.#parts.view.onlyTargets) return;
    this.#awaited[node]!++;
    for (const source of this.#sourcesOf(node)) this.#awaited[source]!++;
  }

  #release(node: number): void {
    const items = this.#kept.get(node);
    if (items === undefined) return;
    this.#kept.delete(node);
    const { port } = this.#parts.view;
    const place = this.#placeOf(node);
    port.release(place);
    for (let item = 0; item < items; item++) port.release(`${item}:${place}`);
  }

  /** Whether a node's list is one of pixels, which somebody takes. */
  #isApart(node: number): boolean {
    const { plan } = this.#parts;
    const { each, description } = plan.nodes[node]!;
    const isTaken = plan.kept.has(node) || plan.consumerStart[node + 1]! > plan.consumerStart[node]!;
    return (
      each !== undefined && isTaken && Object.values(description.outputs).some(({ schema }) => holdsPixels(schema))
    );
  }

  #placeOf(node: number): string {
    return this.#parts.view.path + this.#parts.plan.nodes[node]!.id;
  }

  #sourcesOf(node: number): Uint32Array {
    const { sources, sourceStart } = this.#parts.plan;
    return sources.subarray(sourceStart[node], sourceStart[node + 1]);
  }
}

function itemAt(outputs: NodeOutputs, item: number): NodeOutputs {
  const lists = Object.entries(outputs).filter(([name]) => name !== itemKeys);
  return Object.fromEntries(lists.map(([name, list]) => [name, (list as readonly unknown[])[item]]));
}
