import type { JsonValue } from "@inlay/engine";

/** A value that a choice can be. */
export type ChoiceValue = string | number | boolean | null;

/** What a value of a model's input may be: a model's JSON Schema, understood. */
export type ModelValue =
  | { readonly type: "string"; readonly minLength?: number; readonly maxLength?: number; readonly pattern?: string }
  | ModelNumber
  | { readonly type: "boolean" }
  | { readonly type: "choice"; readonly values: readonly ChoiceValue[] }
  | ModelList
  | ModelObject
  /** `exactlyOne` of the options, where the schema says `oneOf`. */
  | { readonly type: "union"; readonly options: readonly ModelValue[]; readonly exactlyOne?: boolean }
  /** Anything: the service checks it. */
  | { readonly type: "json" };

export interface ModelNumber {
  readonly type: "integer" | "number";
  readonly min?: number;
  readonly max?: number;
  readonly exclusiveMin?: number;
  readonly exclusiveMax?: number;
  readonly multipleOf?: number;
}

interface ModelList {
  readonly type: "list";
  readonly items: ModelValue;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export interface ModelObject {
  readonly type: "object";
  readonly fields: readonly ModelField[];
  /** Whether other fields are refused. */
  readonly closed: boolean;
}

/** One input of a model, or one member of an object. */
export interface ModelField {
  /** As the service writes it. */
  readonly name: string;
  readonly value: ModelValue;
  readonly required: boolean;
  readonly title?: string;
  readonly description?: string;
  /** A default that may be filled in: one that satisfies the schema and is not a sample. */
  readonly default?: JsonValue;
  /** The service wants the address of a picture here: one, or a list. */
  readonly media?: "one" | "many";
  /** The service wants the address of another file here, or a list of them: a video, a sound. */
  readonly isFileAddress?: boolean;
}

/** A model's input, understood, and what is odd about its schema. */
export interface ModelSchema {
  readonly fields: readonly ModelField[];
  readonly closed: boolean;
  readonly title?: string;
  readonly description?: string;
  /** Sentences for whoever adds the model. */
  readonly notes: readonly string[];
}
