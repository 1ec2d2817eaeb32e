import type { JsonValue } from "@inlay/engine";
import type { ModelSchema } from "./model-schema.ts";
import { readModelSchema } from "./read-model-schema.ts";
import { objectType } from "./value-type.ts";

/** What is wrong with a request's body: where, such as `loras.0.scale`, and what. */
export interface BodyProblem {
  readonly path: string;
  readonly message: string;
}

/** Finds what is wrong with a request's body; nothing when the model's schema takes it. */
export type BodyCheck = (body: JsonValue) => readonly BodyProblem[];

/**
 * Makes the check of what a model's schema takes, as JSON Schema means it, for those who call the service themselves.
 * Fails as `readModelSchema` does.
 *
 * @example
 * const [problem] = bodyCheck(schema)({ prompt: "an apple", strength: 3 });
 */
export function bodyCheck(schema: unknown): BodyCheck {
  return checkOf(readModelSchema(schema));
}

/** The check of a schema that has been read. */
export function checkOf({ fields, closed }: ModelSchema): BodyCheck {
  const type = objectType({ fields, closed }, "body");
  return (body) => {
    const { error } = type.safeParse(body);
    return (error?.issues ?? []).map(({ path, message }) => ({ path: path.join("."), message }));
  };
}
