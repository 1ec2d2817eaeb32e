import type { NodeOutputs, ResultCache } from "../cache/result-cache.ts";
import { errorData, type ErrorData } from "../errors.ts";
import type { NodeDefinition } from "../node/define-node.ts";
import type { PlannedNode } from "../plan/plan.ts";
import { checkOutputs } from "./check-outputs.ts";
import type { InFlight } from "./in-flight.ts";
import { keepPaidResult, keepResult } from "./keep-result.ts";
import { itemInputs, itemKeys, itemKeysOf, type ListItem } from "./list-items.ts";
import { NodeRun, type RunEnvironment, slotOf } from "./node-run.ts";

/** A node that runs once for each item of its lists. */
export interface EachRun {
  readonly node: PlannedNode;
  readonly definition: NodeDefinition;
  /** Its runs in order; undefined where a source has failed. */
  readonly items: readonly (ListItem | undefined)[];
  /** The inputs that are the same for all of them, and what their references add to the keys. */
  readonly same: Record<string, unknown>;
  readonly openText: string | undefined;
  readonly environment: RunEnvironment;
  readonly cache: ResultCache;
  readonly inFlight: InFlight;
  /** Items run although their results may be cached. */
  readonly again: boolean;
  sha256(text: string): string;
  /** Fails when so many paid jobs more are not allowed. */
  allowPaid(jobs: number): void;
  /** Whether nothing new may start, after so many failures here. */
  isStopping(failures: number): boolean;
}

/** What became of the items. */
export interface EachResult {
  /** Every output as a list, with the items' keys beside. */
  readonly outputs: NodeOutputs;
  readonly errors: readonly ErrorData[];
  readonly executed: number;
  readonly cached: number;
  readonly paid: number;
}

/** Work that does not yield is interrupted this often. */
const yieldAfterMs = 15;

/**
 * Runs a node for each item, as many at once as there are slots, in order. An item that fails fails alone. Items of one
 * identity run once, and not at all when their result is cached.
 */
export async function runEach(run: EachRun): Promise<EachResult> {
  const each = new Each(run);
  await each.look();
  await each.execute();
  return each.result();
}

class Each {
  readonly #run: EachRun;
  /** By item. */
  readonly #keys: readonly (string | undefined)[];
  readonly #results = new Map<string, NodeOutputs>();
  readonly #errors: ErrorData[] = [];
  readonly #context: NodeRun;
  readonly #itemEnvironment: RunEnvironment;
  #todo: { readonly key: string; readonly item: ListItem }[] = [];
  #executed = 0;
  #cached = 0;
  #settled = 0;
  #isRefused = false;

  constructor(run: EachRun) {
    const { node, environment, items, openText, sha256 } = run;
    const { emit } = environment;
    this.#run = run;
    this.#context = new NodeRun(environment, node);
    // Progress is how many items are done; that of each would drown it.
    const emitItem: RunEnvironment["emit"] = emit && ((event) => void (event.type !== "node.progress" && emit(event)));
    this.#itemEnvironment = { ...environment, emit: emitItem };
    const isUnique = node.description.cache === "never";
    this.#keys = items.map((item, i) => {
      const text = item && [`item\n${node.keyText}`, item.identities.join("\n"), openText ?? ""].join("\n\n");
      return text === undefined ? undefined : isUnique ? `${i}` : sha256(text);
    });
  }

  /** Finds what is cached, and what is to be done. */
  async look(): Promise<void> {
    const { items, node, cache, again, allowPaid } = this.#run;
    const seen = new Set<string>();
    for (const [i, item] of items.entries()) {
      const key = this.#keys[i];
      if (item === undefined || key === undefined || seen.has(key)) continue;
      seen.add(key);
      const found = again || node.description.cache === "never" ? undefined : await lookUp(cache, key);
      if (found) this.#results.set(key, found);
      else this.#todo.push({ key, item });
    }
    this.#cached = this.#results.size;
    if (node.description.paid) allowPaid(this.#todo.length);
  }

  /** Starts the items in order, each when there is a slot. */
  async execute(): Promise<void> {
    const { environment } = this.#run;
    const running: Promise<void>[] = [];
    let lastYield = environment.now();
    for (const { key, item } of this.#todo) {
      if (environment.now() - lastYield > yieldAfterMs) {
        await environment.yieldNow();
        lastYield = environment.now();
      }
      if (!(await this.#mayStart())) break;
      running.push(this.#runItem(key, item));
    }
    // Also when the run is cancelled: what became of a remote job is waited for.
    await Promise.all(running);
  }

  /** Waits for a slot; false, without one, when nothing new may start. */
  async #mayStart(): Promise<boolean> {
    const { node, environment, isStopping } = this.#run;
    const { resource } = node.description;
    if (isStopping(this.#errors.length) || this.#isRefused) return false;
    if (resource === "none") return true;
    try {
      await slotOf(environment.slots, resource, environment.signal);
    } catch {
      return false;
    }
    if (!environment.signal.aborted && !isStopping(this.#errors.length) && !this.#isRefused) return true;
    environment.slots.release(resource);
    return false;
  }

  async #runItem(key: string, item: ListItem): Promise<void> {
    const { node, environment, inFlight } = this.#run;
    const { resource, cache, type } = node.description;
    const shared = cache === "never" ? undefined : inFlight.get(key);
    const work = shared ? shared.catch(() => this.#make(key, item)) : this.#make(key, item);
    if (!shared && cache !== "never") inFlight.add(key, work);
    try {
      this.#results.set(key, await work);
    } catch (error) {
      this.#fail({ ...errorData(error), node: node.id, nodeType: type });
    } finally {
      if (resource !== "none") environment.slots.release(resource);
      this.#settled++;
      this.#context.progress(this.#settled, this.#todo.length, `${this.#settled} of ${this.#todo.length}`);
    }
  }

  /** A refusal to pay stands for all that comes after it, and is told once. */
  #fail(error: ErrorData): void {
    const isRefusal = error.code.startsWith("money/");
    if (!isRefusal || !this.#isRefused) this.#errors.push(error);
    this.#isRefused ||= isRefusal;
  }

  async #make(key: string, item: ListItem): Promise<NodeOutputs> {
    const { node, definition, same, cache, again, environment } = this.#run;
    const { description, id } = node;
    const context = new NodeRun(this.#itemEnvironment, node);
    const started = environment.now();
    const answer = await definition.run(itemInputs(node, same, item), context);
    const outputs = checkOutputs(description, id, answer);
    const ms = environment.now() - started;
    this.#executed++;
    if (description.paid) return keepPaidResult({ cache, key, outputs, ms, context });
    if (description.cache !== "never") keepResult(cache, key, outputs, { ms, replaces: again });
    return outputs;
  }

  result(): EachResult {
    const { description } = this.#run.node;
    const results = this.#keys.map((key) => (key === undefined ? undefined : this.#results.get(key)));
    const outputs: Record<string, unknown> = {
      [itemKeys]: results.map((result, i) => (result === undefined ? null : this.#keys[i]!)),
    };
    for (const name of Object.keys(description.outputs)) outputs[name] = results.map((result) => result?.[name]);
    const paid = description.paid ? this.#executed : 0;
    return { outputs, errors: this.#errors, executed: this.#executed, cached: this.#cached, paid };
  }
}

async function lookUp(cache: ResultCache, key: string): Promise<NodeOutputs | undefined> {
  try {
    return (await cache.get(key))?.outputs;
  } catch {
    return undefined;
  }
}

/** One error for all items that failed: the first, and how many there are. */
export function failedItems(errors: readonly ErrorData[], outputs: NodeOutputs): ErrorData {
  const [first] = errors;
  const count = itemKeysOf(outputs)?.length ?? 0;
  return { ...first!, message: `${errors.length} of ${count} items failed. ${first!.message}` };
}
