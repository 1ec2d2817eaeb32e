import type { Fix } from "../fix.ts";

/** One step of a JSON path: a key or an array index. */
export type JsonPath = readonly (string | number)[];

/**
 * Something to know about a workflow: data first, text derived.
 * Reading and checking never throw for what is in a file; they return these.
 */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** Stable; programs match on it. One of `diagnosticCodes`, or what a node's own rules say, such as `input.level-range`. */
  readonly code: `${string}.${string}`;
  /** One sentence for a person, without path and line. */
  readonly message: string;
  /** Where in the file. */
  readonly path: JsonPath;
  /** 1-based, when the text is at hand. */
  readonly line?: number;
  readonly column?: number;
  /** The id of the node that is concerned. */
  readonly node?: string;
  /** The input of that node, or the named input of the workflow. */
  readonly input?: string;
  readonly expected?: string;
  readonly received?: string;
  /** What to do. */
  readonly suggestion?: string;
  /** What would mend it at one go. */
  readonly fix?: Fix;
}
