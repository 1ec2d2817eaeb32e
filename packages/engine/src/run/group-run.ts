import type { NodeOutputs } from "../cache/result-cache.ts";
import type { ErrorData } from "../errors.ts";
import type { Resource } from "../node/description.ts";
import { takesInStep } from "../plan/mapped-groups.ts";
import { arrangeWork } from "./arrange-work.ts";
import { Frame } from "./frame.ts";
import type { Execution } from "./frame-parts.ts";
import { isThenable } from "./is-thenable.ts";
import { type Item, type ItemPlan, itemPlan, takeItem, withoutLost } from "./item-plan.ts";
import { failedItems, itemKeys, listLength } from "./list-items.ts";
import { type FoundResults, lookForResults } from "./look-for-results.ts";
import { NodeRun, type RunEnvironment } from "./node-run.ts";
import { NodeState } from "./node-state.ts";
import { countPaidItems } from "./paid-items.ts";
import { checkpointsOfItem } from "./run-checkpoints.ts";
import type { Feeder } from "./startable.ts";
import type { GroupParts } from "./start-group.ts";

/** What one member comes to. */
interface Member {
  readonly node: number;
  readonly id: string;
  /** By item the key of its result; null where it has none. */
  readonly keys: (string | null)[];
  /** By item, when somebody outside takes the list. */
  readonly results: (NodeOutputs | undefined)[];
  readonly errors: ErrorData[];
  readonly context: NodeRun;
  ms: number;
  executed: number;
  slowestMs: number;
}

/**
 * Members of a group that run equally often: a source of frames, one for each item. It begins the next item when a slot
 * is free, so that few items are in memory at once. An item that fails fails alone.
 */
export class GroupRun implements Feeder {
  readonly resource: Resource;
  readonly #parts: GroupParts;
  readonly #execution: Execution;
  readonly #frame: Frame;
  readonly #members: readonly Member[];
  readonly #count: number;
  readonly #plan: ItemPlan;
  readonly #environment: RunEnvironment;
  #next = 0;
  #settled = 0;
  /** How many items are to be begun. */
  #last: number;
  #isLooking = false;
  #unlisten: (() => void) | undefined;

  constructor(parts: GroupParts, members: readonly number[], count: number) {
    const { execution, frame } = parts;
    const { plan, environment } = frame.parts;
    this.#parts = parts;
    this.#execution = execution;
    this.#frame = frame;
    this.#count = count;
    this.#last = count;
    this.#members = members.map((node) => ({
      node,
      id: plan.nodes[node]!.id,
      keys: Array.from({ length: count }, () => null),
      results: [],
      errors: [],
      context: new NodeRun(environment, plan.nodes[node]!),
      ms: 0,
      executed: 0,
      slowestMs: 0,
    }));
    this.#plan = itemPlan(frame.parts, members, listLength(frame.values), parts);
    this.#environment = { ...environment, emit: (event) => this.#hear(event) };
    this.resource = plan.nodes[members[0]!]!.description.resource;
  }

  /** @param refuse called instead, when the paid jobs of the items are not allowed, with the members that are paid */
  start(refuse: (error: unknown, paid: readonly number[]) => void): void {
    const { scheduler, paid, cache } = this.#execution;
    const isPaid = ({ node }: Member): boolean => this.#frame.parts.plan.nodes[node]!.description.paid === true;
    const payers = this.#members.filter(isPaid).map(({ node }) => node);
    if (payers.length === 0) return this.#begin();
    const items = function* (run: GroupRun): Iterable<Item> {
      for (let item = 0; item < run.#count; item++) yield run.#take(item);
    };
    scheduler.await(
      "pending",
      countPaidItems(this.#plan, items(this), cache, this.#environment, this.#frame.parts.checkpoints),
      {
        proceed: (jobs) => {
          try {
            // The plan has counted one for each of them.
            paid.allow(Math.max(0, jobs - payers.length));
          } catch (error) {
            return refuse(error, payers);
          }
          this.#begin();
        },
        fail: (error) => refuse(error, payers),
      },
    );
  }

  get canFeed(): boolean {
    return !this.#isLooking && this.#next < this.#last;
  }

  feed(): void {
    const { cache, scheduler } = this.#execution;
    const at = this.#next++;
    if (this.#next === this.#last) scheduler.removeFeeder(this);
    const item = this.#take(at);
    const plan = withoutLost(this.#plan.plan, item.lost);
    const checkpoints = checkpointsOfItem(this.#frame.parts.checkpoints, at);
    const looked = lookForResults(plan, item.keys, cache, { held: item.held, again: this.#plan.again, checkpoints });
    if (!isThenable(looked)) return this.#beginItem(at, item, looked);
    this.#isLooking = true;
    scheduler.await("pending", looked, {
      returned: () => (this.#isLooking = false),
      proceed: (found) => this.#beginItem(at, item, found),
      fail: () => undefined,
    });
  }

  #begin(): void {
    if (this.#count === 0) return this.#finish();
    const { scheduler } = this.#execution;
    this.#unlisten = scheduler.atEnd(() => this.#tellFailures());
    scheduler.addFeeder(this);
  }

  #take(at: number): Item {
    return takeItem(this.#plan, at, { values: this.#frame.values, keys: this.#frame.parts.keys }, (text) =>
      this.#execution.sha256(text),
    );
  }

  #beginItem(at: number, item: Item, found: FoundResults): void {
    const { plan, definitions, openValues, openTexts, again } = this.#plan;
    const environment = { ...this.#environment, info: { ...this.#environment.info, item: at + 1 } };
    new Frame(this.#execution, {
      plan,
      keys: item.keys,
      found,
      work: arrangeWork(plan, item.keys, found),
      definitions,
      openValues,
      openTexts,
      ...(again && { again }),
      environment,
      isItem: true,
      depth: this.#frame.parts.depth,
      checkpoints: checkpointsOfItem(this.#frame.parts.checkpoints, at),
      onSettled: (frame) => this.#settleItem(at, item, frame),
    }).begin();
  }

  #settleItem(at: number, { keys, lost }: Item, frame: Frame): void {
    const { store } = this.#execution;
    this.#settled++;
    this.#members.forEach((member, i) => {
      const node = this.#plan.first + i;
      const isMade = !lost.has(node) && isFine(frame.state[node]!);
      member.keys[at] = isMade ? keys[node]! : null;
      if (isMade && this.#parts.kept.has(member.node)) {
        store.move(frame.values, node, member.results, at);
      }
      member.context.progress(this.#settled, this.#count, `${this.#settled} of ${this.#count}`);
    });
    if (this.#settled === this.#last) this.#finish();
  }

  /** All items have ended: each member has its list. */
  #finish(): void {
    this.#unlisten?.();
    const { kept } = this.#parts;
    const { environment, plan } = this.#frame.parts;
    this.#frame.letGoOf(this.#members.map(({ node }) => node));
    for (const member of this.#members) {
      const { node, id, keys, errors, ms, executed, slowestMs } = member;
      const isEmptyHanded = this.#count > 0 && keys.every((key) => key === null);
      if (isEmptyHanded && errors.length === 0) {
        this.#frame.skipMember(node, this.#lostBecause(node));
        continue;
      }
      const names = kept.has(node) ? Object.keys(plan.nodes[node]!.description.outputs) : [];
      const lists = this.#listsOf(member, names);
      this.#frame.tellOutputs(node, lists);
      if (errors.length === 0) {
        const items = { total: this.#count, executed, slowestMs };
        environment.emit?.({ type: "node.finished", node: id, ms, items });
      } else environment.emit?.({ type: "node.failed", node: id, error: failedItems(errors, this.#count) });
      this.#frame.finishList(node, lists, ms);
    }
  }

  #listsOf({ keys, results }: Member, names: readonly string[]): NodeOutputs {
    const outputs: Record<string, unknown> = { [itemKeys]: keys };
    for (const name of names) outputs[name] = keys.map((_, at) => results[at]?.[name]);
    this.#execution.store.handOver(results);
    return outputs;
  }

  /** The node that a member without any item of its own has nothing from. */
  #lostBecause(node: number): string {
    const planned = this.#frame.parts.plan.nodes[node]!;
    const source = planned.links.find((link) => {
      const member = takesInStep(planned, link) && this.#members.find((other) => other.node === link.source);
      return member && member.keys.every((key) => key === null);
    })?.source;
    return this.#frame.parts.plan.nodes[source ?? planned.links[0]!.source]!.id;
  }

  /** The run has ended before the group has. */
  #tellFailures(): void {
    const { environment } = this.#frame.parts;
    for (const { id, errors } of this.#members) {
      if (errors.length > 0)
        environment.emit?.({ type: "node.failed", node: id, error: failedItems(errors, this.#count) });
    }
  }

  #beginNoMore(): void {
    this.#last = this.#next;
    this.#execution.scheduler.removeFeeder(this);
  }

  /** Of the items' events only what concerns people passes: that of each start and ending would drown the rest. */
  #hear(event: Parameters<NonNullable<RunEnvironment["emit"]>>[0]): void {
    switch (event.type) {
      case "node.log":
      case "node.file":
      case "remote.state":
      case "remote.ended":
        return this.#frame.parts.environment.emit?.(event);
      case "node.finished":
        for (const member of this.#members) if (member.id === event.node) addItem(member, event.ms);
        return;
      case "node.failed":
        for (const { id, errors } of this.#members) if (id === event.node) errors.push(event.error);
        if (event.error.code.startsWith("money/")) this.#beginNoMore();
        return;
      default:
    }
  }
}

/** It has a result, or needed none because what takes it was found. */
function isFine(state: number): boolean {
  return state === NodeState.Done || state === NodeState.AtRest;
}

function addItem(member: Member, ms: number): void {
  member.ms += ms;
  member.executed++;
  member.slowestMs = Math.max(member.slowestMs, ms);
}
