import type { Workflow } from "@inlay/engine";
import { Cell } from "../state/cell.ts";

export type Step = "run" | "compare" | "change";

/** What keeps texts, as `localStorage` does. */
interface Memory {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const key = "inlay.first-steps";

/** Which of the first steps a person has done; what was dismissed once does not come back in this browser. */
export class FirstSteps {
  /** Undefined: dismissed. */
  readonly done: Cell<ReadonlySet<Step> | undefined>;
  readonly #storage: Memory;
  #ranBefore:
    { readonly run: string; readonly nodes: Workflow["nodes"]; readonly inputs: Workflow["inputs"] } | undefined;

  constructor(storage: Memory) {
    this.#storage = storage;
    this.done = new Cell(storage.getItem(key) === "dismissed" ? undefined : new Set<Step>());
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
    this.#storage.setItem(key, "dismissed");
    this.done.set(undefined);
  }

  #tick(step: Step): void {
    const done = this.done.value;
    if (done && !done.has(step)) this.done.set(new Set([...done, step]));
  }
}
