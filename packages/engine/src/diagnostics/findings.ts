import type { DiagnosticCode } from "./codes.ts";
import type { Diagnostic, JsonPath } from "./diagnostic.ts";

/** The most diagnostics that reading or checking one file gives. */
const maxDiagnostics = 1000;

/** What a check found, without where: `Findings` knows the place. */
export interface Finding {
  readonly code: DiagnosticCode;
  readonly message: string;
  /** Default: `error`. */
  readonly severity?: "error" | "warning";
  readonly expected?: string;
  readonly received?: string;
  readonly suggestion?: string;
  readonly line?: number;
  readonly column?: number;
}

/** Collects diagnostics while a file is walked, and remembers where the walk is; keeps the first thousand. */
export class Findings {
  readonly diagnostics: Diagnostic[] = [];
  readonly #path: (string | number)[] = [];

  /** Runs `check` one step deeper in the file. */
  within(step: string | number, check: () => void): void {
    this.#path.push(step);
    check();
    this.#path.pop();
  }

  /** Notes a finding at the present place, or `steps` below it. */
  add(finding: Finding, ...steps: JsonPath): void {
    if (this.isFull) return;
    const path = [...this.#path, ...steps];
    this.diagnostics.push({ severity: "error", ...finding, path, ...subjectOf(path) });
  }

  /** The present place as a sentence names it: `` `radius` ``, `Item 3`, or `The file`. */
  get subject(): string {
    const step = this.#path.at(-1);
    if (step === undefined) return "The file";
    return typeof step === "number" ? `Item ${step}` : `\`${step}\``;
  }

  /** Whether further findings would be dropped, so that looking for them is in vain. */
  get isFull(): boolean {
    return this.diagnostics.length >= maxDiagnostics;
  }

  get hasErrors(): boolean {
    return this.diagnostics.some((diagnostic) => diagnostic.severity === "error");
  }
}

/** The node and input that a path of a workflow file lies in. */
function subjectOf(path: JsonPath): { node?: string; input?: string } {
  const [section, name, part, input] = path[0] === "workflows" ? path.slice(2) : path;
  if (typeof name !== "string") return {};
  if (section === "inputs") return { input: name };
  if (section !== "nodes") return {};
  return part === "inputs" && typeof input === "string" ? { node: name, input } : { node: name };
}
