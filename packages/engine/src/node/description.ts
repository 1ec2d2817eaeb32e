import type { JsonValue } from "../json.ts";
import type { NodeMigration } from "./node-migration.ts";
import type { ValueSchema } from "../schema/value-schema.ts";

/** One input of a node, as every host, form, help text and docs page sees it. */
export interface InputDescription {
  readonly schema: ValueSchema;
  /** True when the input has neither a default nor leave to be absent. */
  readonly required: boolean;
  /** The value used when the workflow gives none. */
  readonly default?: JsonValue;
  readonly title?: string;
  readonly description?: string;
  /** Unit of the number, such as `px`, `%` or `°`. */
  readonly unit?: string;
  /** Hint for a form: `slider`, `text`, `textarea`, `color`, `seed`, `points`, `size`, … An unknown hint is ignored. */
  readonly widget?: string;
  /** Increment of a form's control. */
  readonly step?: number;
  /** A form may fold this input away. */
  readonly advanced?: boolean;
  /** Its value is the name of a sub-workflow of the file, whose nodes are part of the node's cache key. */
  readonly subWorkflow?: boolean;
  /** What it is linked to runs only when the node asks for it. */
  readonly lazy?: boolean;
}

/** One output of a node. */
export interface OutputDescription {
  readonly schema: ValueSchema;
  readonly title?: string;
  readonly description?: string;
}

/** What a node occupies while it runs: nothing, a processor, a network connection, or a paid job elsewhere. */
export type Resource = "none" | "cpu" | "network" | "remote";

/** Everything about a node but its code: plain JSON, derived once from its definition. */
export interface NodeDescription {
  /** `family/name`, each part of lower-case letters, digits and hyphens; behind the family also `.` and `_`. */
  readonly type: string;
  /** Grows by one when saved files of the older version would mean something else. */
  readonly version: number;
  readonly title: string;
  readonly category: string;
  /** What it does, in sentences; the first one stands alone in lists. */
  readonly description: string;
  /** Other words that people search for. */
  readonly aliases?: readonly string[];
  readonly inputs: { readonly [name: string]: InputDescription };
  readonly outputs: { readonly [name: string]: OutputDescription };
  readonly resource: Resource;
  /** Runs even when nothing consumes it: a save, a preview. */
  readonly isOutput?: boolean;
  /** Some of its inputs are lazy. */
  readonly isLazy?: boolean;
  /** It has rules between its inputs, which its code knows. */
  readonly hasRules?: boolean;
  /** Its result depends on something outside of its inputs, which its code is asked about when a run starts. */
  readonly hasFingerprint?: boolean;
  /**
   * Seconds after which it is stopped, more than 0 and at most a day; a node in a file may say another number. Of a
   * remote job it ends the waiting only: the job goes on and the next run collects it.
   */
  readonly timeout?: number;
  /** Each execution may cost money. */
  readonly paid?: boolean;
  /**
   * Of a paid node that pays only by one of its methods: the input that chooses, and the values that pay. With any other
   * value the node calls no service, takes a processor and is not counted. A value that only the run brings counts as paid.
   */
  readonly paidWhen?: { readonly input: string; readonly is: readonly string[] };
  /** `never`: runs again every time, from cached inputs. */
  readonly cache?: "never";
  /** The remote service it calls, such as `runcomfy`; the host's word for it enters the cache key. */
  readonly service?: string;
  /** The model of that service that it runs, or the input that names it: what its price is looked up by. */
  readonly model?: string | { readonly input: string };
  /** Names of the secrets it asks for. */
  readonly secrets?: readonly string[];
  /** What leads from its older versions to this one; a file of an older one opens by them. */
  readonly migrations?: readonly NodeMigration[];
}

/** The node descriptions that a host offers, by type, with the packs that they come from. */
export interface NodeCatalog {
  readonly packs: { readonly [name: string]: PackDescription };
  readonly nodes: { readonly [type: string]: CatalogNode };
}

/** A pack's identity; raising `cacheEpoch` makes every cached result of its nodes unreachable. */
export interface PackDescription {
  readonly name: string;
  readonly version: string;
  readonly cacheEpoch: number;
}

/** A description with the name of its pack. */
export interface CatalogNode extends NodeDescription {
  readonly pack: string;
}
