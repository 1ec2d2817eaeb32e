import type { JsonObject, JsonValue } from "../json.ts";
import type { ValueSchema } from "../schema/value-schema.ts";

/** The format's version that this engine writes. */
export const workflowVersion = 1;

/**
 * A workflow file in memory: the parsed JSON itself, migrated to the current version, every known section present.
 * Keys that this version does not know are kept as they were.
 */
export interface Workflow extends WorkflowGraph {
  readonly inlay: 1;
  readonly name?: string;
  readonly description?: string;
  /** Pack name → version range; compared, never resolved or installed. */
  readonly packs: { readonly [name: string]: string };
  /** SHA-256 → an asset that travels with the file. */
  readonly assets: { readonly [sha256: string]: Asset };
  /** Sub-workflows, used by nodes of type `workflow/<name>`. */
  readonly workflows: { readonly [name: string]: WorkflowGraph };
}

/** What a workflow and a sub-workflow have in common. */
export interface WorkflowGraph {
  readonly inputs: { readonly [name: string]: NamedInput };
  readonly outputs: { readonly [name: string]: NamedOutput };
  readonly nodes: { readonly [id: string]: WorkflowNode };
  /** Layout: never part of the meaning. */
  readonly view: JsonObject;
}

/** An input of the whole workflow, which callers set by name. */
export interface NamedInput {
  readonly type: NamedInputType;
  readonly default?: JsonValue;
  readonly title?: string;
  readonly description?: string;
  readonly order?: number;
  readonly min?: number;
  readonly max?: number;
  readonly values?: readonly (string | number)[];
}

export const namedInputTypes = ["image", "mask", "file", "string", "integer", "number", "boolean", "json"] as const;

export type NamedInputType = (typeof namedInputTypes)[number];

/** An output of the whole workflow: one output of one node. */
export interface NamedOutput {
  readonly node: string;
  readonly output: string;
  readonly title?: string;
  readonly description?: string;
  readonly order?: number;
}

/** One node of a workflow. */
export interface WorkflowNode {
  readonly type: string;
  readonly version: number;
  readonly inputs: { readonly [name: string]: JsonValue };
  readonly title?: string;
  /** `mute`: as if it were not there; `bypass`: passes its first type-compatible input through. */
  readonly disabled?: "mute" | "bypass";
  /** How lists go together that feed inputs of one value: in step, the default, or each item with each. */
  readonly each?: "zip" | "product";
  /** Seconds after which it is stopped, instead of what its type says. */
  readonly timeout?: number;
  /**
   * Outputs by name that stand for what the node would make, which therefore never runs: literals, `{ "$file": path }`
   * and `{ "$asset": sha256 }` for pixels and files, or lists of these where the node ran for each item of a list.
   */
  readonly pinned?: { readonly [output: string]: JsonValue };
}

/** The most seconds that a node's timeout may be: a day. */
export const longestTimeout = 86_400;

/** A file that travels inside the workflow (base64, at most 256 KiB) or beside it. */
export interface Asset {
  readonly name: string;
  readonly mime: string;
  /** Bytes. */
  readonly size: number;
  readonly path?: string;
  readonly data?: string;
}

/** What an input's value refers to instead of being a literal. */
export type Reference =
  | { readonly kind: "link"; readonly node: string; readonly output: string }
  | { readonly kind: "input"; readonly name: string }
  /** A path relative to the workspace, or an https URL. */
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "asset"; readonly sha256: string }
  | { readonly kind: "seed"; readonly mode: "random" | "increment" };

/** The schema that a named input's declaration stands for. */
export function namedInputSchema(input: NamedInput): ValueSchema {
  switch (input.type) {
    case "image":
    case "mask":
      return {
        type: "union",
        options: [
          { type: "socket", name: "file" },
          { type: "socket", name: input.type },
        ],
      };
    case "file":
      return { type: "socket", name: "file" };
    case "integer":
    case "number":
      return {
        type: input.type,
        ...(input.min === undefined ? {} : { min: input.min }),
        ...(input.max === undefined ? {} : { max: input.max }),
      };
    case "string":
      return input.values ? { type: "enum", values: input.values } : { type: "string" };
    default:
      return { type: input.type };
  }
}
