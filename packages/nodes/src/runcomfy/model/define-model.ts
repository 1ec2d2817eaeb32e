import { defineNode, type JsonObject, type JsonValue, type NodeContext, type NodeDefinition } from "@inlay/engine";
import type { Shape } from "@inlay/engine";
import { type BodyCheck, checkOf } from "./body-check.ts";
import { formInputs, type FormInput } from "./form-inputs.ts";
import { checkModelId, modelNodeType, titleOfId } from "./model-id.ts";
import { type ModelOutput, outputShape, outputValues, probableOutput, requestOf } from "./model-outputs.ts";
import type { ModelSchema, ModelValue } from "./model-schema.ts";
import { withNestedAddresses } from "./nested-addresses.ts";
import { readModelSchema } from "./read-model-schema.ts";
import { mediumOf, type ModelJob, type ModelTarget, type PlacedMedium, sendJob, unfitBody } from "./send-job.ts";
import type { FieldTypes, SpecialModel } from "./special-model.ts";

/** What a schema does not say about a model's node. */
export interface ModelNodeOptions {
  /** Such as `wan-ai/wan-2-6/image-to-video`; part of the node's type. */
  readonly modelId: string;
  /** Default: guessed from id and schema. */
  readonly output?: ModelOutput | undefined;
  /** Default: the schema's title, else made of the id. */
  readonly title?: string | undefined;
}

/**
 * Makes a node of a model from the JSON Schema of its input: sockets for pictures, a form field for everything else, the
 * pictures or videos that it gives as outputs. The node is `remote` and `paid`. Its type is `runcomfy/` and the id.
 *
 * With `special` inputs, outputs and what is done around the job are the node's own; the schema still gives its fields.
 *
 * Fails with `model.*` codes for schemas and ids that are not taken; see `readModelSchema`.
 *
 * @example
 * const upscale = defineRunComfyModel(schema, { modelId: "vendor/upscale" });
 */
export function defineRunComfyModel<const S, const I extends Shape = Shape, const O extends Shape = Shape>(
  schema: S,
  options: ModelNodeOptions & { readonly special?: SpecialModel<S, I, O> },
): NodeDefinition {
  const modelId = checkModelId(options.modelId);
  const model = readModelSchema(schema);
  const fields = formInputs(model);
  const output = options.output ?? probableOutput(modelId, model);
  const common = {
    version: 1,
    category: "RunComfy",
    resource: "remote",
    paid: true,
    service: "runcomfy",
    model: modelId,
  } as const;
  const target: ModelTarget = { modelId, output: output.startsWith("video") ? "videos" : "images" };
  const { special } = options;
  if (special) {
    const { type, title, description, aliases, outputs, paidWhen, category = common.category } = special;
    const own = { type, title, description, category, aliases, outputs, ...(paidWhen && { paidWhen }) };
    const byField = Object.fromEntries(fields.map(({ field, type: input }) => [field.name, input]));
    return defineNode({
      ...common,
      ...own,
      inputs: special.inputs(byField as FieldTypes<S>),
      ...(special.validate && { validate: special.validate }),
      run: (given, ctx) =>
        special.run(given, ctx, {
          send: (job) => sendJob(target, job, ctx),
          request: (result, seed) => requestOf(modelId, result, seed),
        }),
    });
  }
  return defineNode({
    ...common,
    type: modelNodeType(modelId),
    title: options.title ?? titleOf(modelId, model),
    description: describe(modelId, model),
    aliases: modelId.split("/"),
    inputs: shapeOf(fields),
    outputs: outputShape(output),
    run: plainRun({ target, output, fields, check: checkOf(withAnyAddress(model)) }),
  });
}

interface PlainModel {
  readonly target: ModelTarget;
  readonly output: ModelOutput;
  readonly fields: readonly FormInput[];
  readonly check: BodyCheck;
}

/** Sends what the inputs say, and gives what comes. */
function plainRun({ target, output, fields, check }: PlainModel) {
  const seed = fields.find(({ name }) => name.endsWith("seed"))?.name ?? "seed";
  return async (inputs: Readonly<Record<string, unknown>>, ctx: NodeContext): Promise<Record<string, unknown>> => {
    const job = await ctx.withSlot("cpu", () => jobOf(fields, inputs, ctx));
    checkBody(check, job, fields);
    const result = await sendJob(target, job, ctx);
    const request = requestOf(target.modelId, result, inputs[seed]);
    return { ...(await outputValues(output, result, ctx)), request };
  };
}

/** The schema in which a medium may be any text, since its address is made later. */
function withAnyAddress(model: ModelSchema): ModelSchema {
  const fields = model.fields.map((field) =>
    field.media === undefined ? field : { ...field, value: anyAddress(field.value) },
  );
  return { ...model, fields };
}

function anyAddress(value: ModelValue): ModelValue {
  if (value.type === "union") return { ...value, options: value.options.map(anyAddress) };
  return value.type === "list"
    ? { ...value, items: { type: "string" } }
    : value.type === "string"
      ? { type: "string" }
      : value;
}

function shapeOf(inputs: readonly FormInput[]): Shape {
  return Object.fromEntries(inputs.map(({ name, type }) => [name, type]));
}

/** RunComfy's schemas are titled Input. */
function titleOf(modelId: string, { title }: ModelSchema): string {
  return title === undefined || /^inputs?$/i.test(title) ? titleOfId(modelId) : title;
}

function describe(modelId: string, { description }: ModelSchema): string {
  const own = description === undefined ? "" : ` ${description}`;
  return `Runs the model ${modelId} through RunComfy's API. Each new job costs money.${own}`;
}

async function jobOf(
  inputs: readonly FormInput[],
  values: Readonly<Record<string, unknown>>,
  ctx: NodeContext,
): Promise<ModelJob> {
  const parameters: Record<string, JsonValue> = {};
  const media: PlacedMedium[] = [];
  for (const { field, name } of inputs) {
    const value = values[name];
    if (value === undefined) continue;
    if (field.media === undefined) {
      parameters[field.name] = value as JsonValue;
      continue;
    }
    const list = Array.isArray(value) ? (value as readonly unknown[]) : [value];
    const found = [];
    for (const [i, item] of list.entries())
      found.push(await mediumOf(item, Array.isArray(value) ? `${name}[${i}]` : name, ctx));
    media.push({ field: field.name, input: name, media: field.media === "many" ? found : found[0]! });
  }
  const fields = inputs.map(({ field }) => field);
  return { parameters, media, sent: withNestedAddresses(parameters, fields) };
}

/** Holds what will be sent to the model's schema once more, as a whole, before anything is paid. */
function checkBody(check: BodyCheck, { parameters, media }: ModelJob, inputs: readonly FormInput[]): void {
  const address = "https://example.com/image.png";
  const addresses = media.map(({ field, media: given }) => [
    field,
    Array.isArray(given) ? given.map(() => address) : address,
  ]);
  const [problem] = check({ ...parameters, ...(Object.fromEntries(addresses) as JsonObject) });
  if (!problem) return;
  const input = inputs.find(({ field }) => field.name === problem.path.split(".")[0])?.name;
  throw unfitBody(`${problem.path}: ${problem.message}`, input);
}
