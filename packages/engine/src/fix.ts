import type { JsonValue } from "./json.ts";

/** What would mend an error at one go: values for inputs of its node, which a person accepts or not. */
export interface Fix {
  /** What it does, for a button: `Repaint the whole picture`. */
  readonly title: string;
  readonly set: { readonly [input: string]: JsonValue };
}
