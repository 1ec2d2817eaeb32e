import type { ErrorObject } from "ajv";
import { ApiError, type FieldProblem } from "./api-error.ts";
import { inpaintingInputSchema } from "./generated/inpainting-input-schema.ts";
import { inputValidator } from "./input-validator.ts";
import type { InpaintRequest } from "./model.ts";

/** What to do with fields that the schema does not name. What the real service does is not known. */
export type UnknownFields = "accept" | "refuse";

/** A checked input, and the names of the fields that were left aside. */
export interface CheckedInput<Request extends object = InpaintRequest> {
  readonly request: Request;
  readonly unknownFields: readonly string[];
}

const properties: Readonly<Record<string, { readonly default: unknown }>> = inpaintingInputSchema.properties;

const names: ReadonlySet<string> = new Set(Object.keys(properties));

const conforms = inputValidator<Partial<InpaintRequest>>(inpaintingInputSchema);

/**
 * Checks a submitted body against the model's published schema: required fields, types, enums and ranges.
 * Defaults are filled in for optional fields only; the schema's default prompt and URLs are samples.
 *
 * @throws {ApiError} `invalidBody` (422, 422001) whose `detail` names every field that is wrong.
 */
export function validateInput(body: unknown, unknown: UnknownFields = "accept"): CheckedInput {
  if (!conforms(body)) throw refuseInvalid(conforms.errors ?? []);
  const unknownFields = checkUnknown(body, names, unknown);
  const known = Object.keys(properties).map((name) => [name, fieldOrDefault(body, name)]);
  return { request: Object.fromEntries(known) as InpaintRequest, unknownFields };
}

/** The error that names every field that ajv found wrong. */
export function refuseInvalid(errors: readonly ErrorObject[]): ApiError {
  return invalid(errors.map(toProblem));
}

/** The fields that a schema with these names does not know; an error where they are refused. */
export function checkUnknown(body: object, known: ReadonlySet<string>, unknown: UnknownFields): readonly string[] {
  const unknownFields = Object.keys(body).filter((name) => !known.has(name));
  if (unknown === "refuse" && unknownFields.length > 0) throw invalid(unknownFields.map(unknownFieldProblem));
  return unknownFields;
}

function fieldOrDefault(body: object, name: string): unknown {
  return Object.hasOwn(body, name) ? Reflect.get(body, name) : properties[name]?.default;
}

function toProblem(error: ErrorObject): FieldProblem {
  const missing: unknown = error.keyword === "required" ? error.params["missingProperty"] : undefined;
  if (typeof missing === "string") return { loc: ["body", missing], msg: "Field required", type: "missing" };
  return { loc: ["body", ...error.instancePath.split("/").slice(1)], msg: messageOf(error), type: error.keyword };
}

function messageOf(error: ErrorObject): string {
  const allowed: unknown = error.keyword === "enum" ? error.params["allowedValues"] : undefined;
  return allowed === undefined ? (error.message ?? "is not valid") : `must be one of ${JSON.stringify(allowed)}`;
}

function unknownFieldProblem(name: string): FieldProblem {
  return { loc: ["body", name], msg: "Unknown field", type: "unknown_field" };
}

function invalid(detail: readonly FieldProblem[]): ApiError {
  const named = detail.map(({ loc, msg }) => `${loc.slice(1).join(".") || "body"}: ${msg}`).join("; ");
  return new ApiError("invalidBody", named, { detail });
}
