import { EngineError } from "@inlay/engine";

/** Why a model or its schema is not taken. */
export type ModelErrorCode =
  | "model.id"
  | "model.too-large"
  | "model.not-json"
  | "model.not-a-schema"
  | "model.remote-ref"
  | "model.recursive"
  | "model.too-deep"
  | "model.unsafe-pattern";

const suggestions: Readonly<Partial<Record<ModelErrorCode, string>>> = {
  "model.id": "Use the id as the service writes it, such as `vendor/model` or `vendor/model/edit`.",
  "model.remote-ref": "Put the definition into the file; nothing is fetched because a schema names it.",
  "model.recursive": "A form cannot be without end: replace the inner reference by what is meant.",
  "model.unsafe-pattern": "Take the pattern out of the schema, or make it simpler: the service checks it anyway.",
};

/** The error of a model that is not taken; `where` is a path in the schema such as `properties.prompt.pattern`. */
export function modelError(
  code: ModelErrorCode,
  message: string,
  details: { readonly where?: string; readonly expected?: string; readonly received?: string } = {},
): EngineError {
  const { where, ...rest } = details;
  const suggestion = suggestions[code];
  return new EngineError({
    code,
    message: where === undefined || where === "" ? message : `${message} It stands at \`${where}\`.`,
    ...rest,
    ...(suggestion !== undefined && { suggestion }),
  });
}
