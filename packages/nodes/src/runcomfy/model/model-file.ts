import {
  canonicalJson,
  EngineError,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type NodePack,
} from "@inlay/engine";
import { hash } from "node:crypto";
import { defineRunComfyModel } from "./define-model.ts";
import { formInputs } from "./form-inputs.ts";
import { modelError } from "./model-error.ts";
import { checkModelId } from "./model-id.ts";
import { type ModelOutput, modelOutputs, probableOutput } from "./model-outputs.ts";
import { readModelSchema } from "./read-model-schema.ts";

/** The most bytes of a model's schema, or of a file that holds one: 1 MB. */
const largestModelFile = 1_000_000;

/** A model as a workspace keeps it: data only, no address, no code. */
export interface Model {
  readonly id: string;
  readonly output: ModelOutput;
  readonly title?: string;
  /** As the service describes the model's input. */
  readonly schema: JsonObject;
}

/** A model that was read, and what is odd about its schema, in sentences. */
export interface ReadModel {
  readonly model: Model;
  readonly notes: readonly string[];
}

/** What a person says about a model whose schema they have. */
export interface AddedModel {
  readonly id: string;
  /** Default: guessed from id and schema. */
  readonly output?: string | undefined;
  readonly title?: string | undefined;
}

/**
 * Reads the text of a schema, as the service or its page gives it. Fails with `model.too-large` above 1 MB,
 * `model.not-json`, and what `readModelSchema` and `checkModelId` fail with.
 */
export function readSchemaText(text: string, { id, output, title }: AddedModel): ReadModel {
  checkModelId(id);
  const json = parse(text);
  const read = readModelSchema(json);
  const schema = isJsonObject(json) && isJsonObject(json.input_schema) ? json.input_schema : (json as JsonObject);
  const given = output ?? probableOutput(id, read);
  return { model: { id, output: outputOf(given), ...(title !== undefined && { title }), schema }, notes: read.notes };
}

/** A model as the text of its file in a workspace. */
export function modelFileText({ id, output, title, schema }: Model): string {
  const named = title === undefined ? {} : { title };
  return `${JSON.stringify({ inlayModel: 1, id, output, ...named, schema }, null, 2)}\n`;
}

/** Reads the text that `modelFileText` wrote, or that somebody else did. Fails with `model.*`. */
export function readModelFile(text: string): Model {
  const json = parse(text);
  if (!isJsonObject(json) || json.inlayModel !== 1 || typeof json.id !== "string" || !isJsonObject(json.schema)) {
    throw modelError("model.not-a-schema", "This is not a model's file of version 1.", {
      expected: "an object with `inlayModel: 1`, `id`, `output` and `schema`",
    });
  }
  const { id, output = "image", title, schema } = json;
  checkModelId(id);
  return { id, output: outputOf(output), schema, ...(typeof title === "string" && title !== "" && { title }) };
}

/** The pack of one model: its node, and an epoch that changes when an older result would no longer fit. */
export function modelPack({ id, output, title, schema }: Model): NodePack {
  const definition = defineRunComfyModel(schema as unknown, { modelId: id, output, title });
  const { type } = definition.description;
  return {
    name: `model:${id}`,
    version: "1.0.0",
    cacheEpoch: epochOf(output, schema),
    nodes: { [type]: { description: definition.description, load: () => definition } },
  };
}

/** Results depend on what the model gives and on how pictures are sent to it; a number of 48 bits. */
function epochOf(output: ModelOutput, schema: JsonObject): number {
  const media = formInputs(readModelSchema(schema)).map(({ field, name }) => [name, field.name, field.media ?? ""]);
  return Number.parseInt(hash("sha256", canonicalJson([output, media])).slice(0, 12), 16);
}

function parse(text: string): JsonValue {
  const size = Buffer.byteLength(text);
  if (size > largestModelFile) {
    throw modelError("model.too-large", "The file of a model is too large.", {
      expected: "at most 1 MB",
      received: `${(size / 1e6).toFixed(1)} MB`,
    });
  }
  try {
    return JSON.parse(text) as JsonValue;
  } catch (cause) {
    const message = `The file is not JSON: ${cause instanceof Error ? cause.message : String(cause)}.`;
    throw new EngineError({ code: "model.not-json", message }, { cause });
  }
}

function outputOf(output: JsonValue): ModelOutput {
  const known = modelOutputs.find((one) => one === output);
  if (known) return known;
  throw modelError("model.not-a-schema", "A model gives one of four things.", {
    expected: modelOutputs.join(", "),
    received: JSON.stringify(output).slice(0, 100),
  });
}
