import { modelPath } from "./base-url.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "./json.ts";
import { problem } from "./problem.ts";
import { bodyCode, readRefusal } from "./refusal.ts";
import type { Service } from "./service.ts";

/** A model as the service describes it. */
export interface ModelInfo {
  readonly model: string;
  readonly name?: string;
  readonly basePriceUsd?: number;
  readonly priceUnit?: string;
  readonly pricingNote?: string;
  /** The service's schema of the input, as it came: its types include `float`, which JSON Schema does not know. */
  readonly inputSchema?: JsonObject;
}

/** Asks for a model's name, price and input schema. */
export async function askModel(service: Service, model: string, signal?: AbortSignal): Promise<ModelInfo> {
  const reply = await service.get(modelPath(model), signal);
  if (!reply.answered) {
    throw problem("remote.network", { ending: "failed", reason: service.redact(reply.reason), cause: reply.cause });
  }
  if (reply.status < 300 && reply.json && bodyCode(reply.json) === undefined) return readModel(model, reply.json);
  const { code, words } = readRefusal(reply);
  throw problem(reply.status < 300 && code === "remote.rejected" ? "remote.server" : code, {
    ending: "failed",
    words: service.redact(words),
  });
}

function readModel(model: string, json: JsonObject): ModelInfo {
  const { base_price_usd: price, input_schema: schema } = json;
  const name = textOf(json.display_name);
  const priceUnit = textOf(json.price_unit);
  const pricingNote = textOf(json.pricing_note);
  return {
    model: textOf(json.model_id) ?? model,
    ...(name === undefined ? {} : { name }),
    ...(typeof price === "number" ? { basePriceUsd: price } : {}),
    ...(priceUnit === undefined ? {} : { priceUnit }),
    ...(pricingNote === undefined ? {} : { pricingNote }),
    ...(isJsonObject(schema) ? { inputSchema: schema } : {}),
  };
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
