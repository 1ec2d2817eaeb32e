import type { Workflow } from "@inlay/engine";
import { Cell } from "../state/cell.ts";

const steps = ["run", "compare", "change"] as const;
export type Step = (typeof steps)[number];

/** What keeps texts, as `localStorage` does. */
interface Memory {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const key = "inlay.first-steps";
const dismissed = "dismissed";

/**
 * Which of the first steps a person has done in this browser, in any workflow. What was dismissed once does not come back,
 * nor do the steps after all of them were done.
 */
export class FirstSteps {
  /** Undefined: dismissed. */
  readonly done: Cell<ReadonlySet<Step> | undefined>;
  readonly #storage: Memory;
  #ranBefore:
    { readonly run: string; readonly nodes: Workflow["nodes"]; readonly inputs: Workflow["inputs"] } | undefined;

  constructor(storage: Memory) {
    this.#storage = storage;
    this.done = new Cell(kept(storage.getItem(key)));
  }

  /** A run has succeeded. When what it ran differs from what ran before, the last step is done too. */
  ran(run: string, { nodes, inputs }: Workflow): void {
    const before = this.#ranBefore;
    this.#ranBefore = { run, nodes, inputs };
    this.#tick("run");
    if (before && before.run !== run && (before.nodes !== nodes || before.inputs !== inputs)) this.#tick("change");
  }

  compared(): void {
    this.#tick("compare");
  }

  dismiss(): void {
    this.#storage.setItem(key, dismissed);
    this.done.set(undefined);
  }

  #tick(step: Step): void {
    const before = this.done.value;
    if (!before || before.has(step)) return;
    const done = steps.filter((each) => each === step || before.has(each));
    this.#storage.setItem(key, done.length === steps.length ? dismissed : done.join(" "));
    this.done.set(new Set(done));
  }
}

function kept(text: string | null): ReadonlySet<Step> | undefined {
  return text === dismissed ? undefined : new Set(steps.filter((step) => text?.split(" ").includes(step)));
}
