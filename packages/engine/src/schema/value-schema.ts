/**
 * What a value may be: the closed subset of JSON Schema that sockets, forms, help, docs and checks are derived from.
 * A definition's zod schema is compiled to it once; what it cannot express is refused at definition.
 */
export type ValueSchema =
  | StringSchema
  | NumberSchema
  | { readonly type: "boolean" }
  | { readonly type: "const"; readonly value: string | number | boolean | null }
  | { readonly type: "enum"; readonly values: readonly (string | number)[] }
  | { readonly type: "tuple"; readonly items: readonly ValueSchema[] }
  | ObjectSchema
  | ListSchema
  | { readonly type: "union"; readonly options: readonly ValueSchema[] }
  | SocketSchema
  | { readonly type: "json" };

export interface StringSchema {
  readonly type: "string";
  /** Code points, as in JSON Schema: an emoji is one or a few, never half of one. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** A regular expression's source, matched anywhere unless anchored, with the `u` flag. */
  readonly pattern?: string;
}

export interface NumberSchema {
  readonly type: "integer" | "number";
  readonly min?: number;
  readonly max?: number;
  readonly exclusiveMin?: number;
  readonly exclusiveMax?: number;
  readonly multipleOf?: number;
}

/** An object with named fields; other fields are refused. */
export interface ObjectSchema {
  readonly type: "object";
  readonly fields: { readonly [name: string]: ValueSchema };
  /** Fields that may be absent. */
  readonly optional: readonly string[];
}

/** A list on a link (`List<T>`); a list of lists is refused at definition. */
export interface ListSchema {
  readonly type: "list";
  readonly items: ValueSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** A value that JSON cannot hold and that only a link, or for `file` a reference, can bring. */
export interface SocketSchema {
  readonly type: "socket";
  readonly name: SocketName;
}

/** The kinds of handles: `image` and `mask` hold pixels, `file` is a file named by path, asset or caller. */
export type SocketName = "image" | "mask" | "file";
