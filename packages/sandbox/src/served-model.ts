import { inputValidator } from "./input-validator.ts";
import type { ModelGives } from "./job.ts";
import { ANY_MODEL, MODEL_ID, MODEL_PAGE } from "./model.ts";
import { sandboxError } from "./sandbox-error.ts";
import { checkUnknown, type CheckedInput, refuseInvalid, type UnknownFields, validateInput } from "./validate-input.ts";

/** A model that a sandbox serves besides its own. */
export interface SandboxModel {
  /** Such as `vendor/model/edit`. */
  readonly id: string;
  /** The JSON Schema of its input, as the service publishes it. */
  readonly schema: object;
  /** Default `image`. */
  readonly gives?: ModelGives;
  readonly title?: string;
}

/** A model as the routes know it. */
export interface ServedModel {
  readonly id: string;
  readonly gives: ModelGives;
  /** The answer of `GET /v1/models/{model_id}`. */
  readonly page: object;
  /** Fails with an `ApiError` `invalidBody` whose `detail` names every field that is wrong. */
  check(body: unknown, unknown: UnknownFields): CheckedInput<object>;
}

/**
 * The models of a sandbox by their ids: its own, and those that were given. One under the own model's id is left out.
 *
 * @throws a `SandboxError` `sandbox.model` for a schema that is none.
 */
export function servedModels(models: readonly SandboxModel[] = []): ReadonlyMap<string, ServedModel> {
  const own: ServedModel = { id: MODEL_ID, gives: "image", page: MODEL_PAGE, check: validateInput };
  return new Map([...models.map(serveModel), own].map((model) => [model.id, model]));
}

function serveModel({ id, schema, gives = "image", title = id }: SandboxModel): ServedModel {
  const conforms = compile(id, schema);
  const page = {
    model_id: id,
    display_name: `${title} (sandbox)`,
    base_price_usd: 0,
    price_unit: "per request",
    pricing_note: ANY_MODEL,
    input_schema: schema,
  };
  const known = propertiesOf(schema);
  return {
    id,
    gives,
    page,
    check(body, unknown) {
      if (!conforms(body)) throw refuseInvalid(conforms.errors ?? []);
      const unknownFields = known.size === 0 ? [] : checkUnknown(body, known, unknown);
      const request = Object.fromEntries(Object.entries(body).filter(([name]) => !unknownFields.includes(name)));
      return { request, unknownFields };
    },
  };
}

function compile(id: string, schema: object) {
  try {
    return inputValidator<Record<string, unknown>>({ ...schema, type: "object" });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `The schema of the model \`${id}\` is none that the sandbox could check inputs by (${reason}).`;
    const suggestion = "Give the JSON Schema of the model's input, as the service publishes it.";
    throw sandboxError({ code: "sandbox.model", message, suggestion }, cause);
  }
}

/** Empty for a schema that refers to its properties elsewhere: then no field counts as unknown. */
function propertiesOf(schema: object): ReadonlySet<string> {
  const properties: unknown = Reflect.get(schema, "properties");
  return new Set(typeof properties === "object" && properties !== null ? Object.keys(properties) : []);
}
