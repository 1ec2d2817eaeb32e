import { EngineError, File, Image, Json, type JsonObject, type NodeContext, type RemoteJobResult } from "@inlay/engine";
import type { Shape } from "@inlay/engine";
import { z } from "zod";
import { decodeImage } from "../../codec/decode-image.ts";
import { remoteLimits } from "../../codec/limits.ts";
import type { ModelSchema } from "./model-schema.ts";
import { snakeCase } from "./media-fields.ts";

/** What a model gives: one picture or several, one video or several. */
export const modelOutputs = ["image", "images", "video", "videos"] as const;

export type ModelOutput = (typeof modelOutputs)[number];

/**
 * What a model probably gives, since its schema does not say it: videos when its id says video, several pictures when
 * it has an input for their number, else one picture.
 */
export function probableOutput(modelId: string, { fields }: ModelSchema): ModelOutput {
  const id = modelId.split("/").slice(1).join("/");
  if (/(?:^|[^a-z])(?:t2v|i2v|v2v)(?:[^a-z]|$)|(?:to|image|text)-video|video$/.test(id)) return "video";
  const several = fields.some(({ name }) =>
    /^(?:num_images|number_of_images|max_images|n|batch_size)$/.test(snakeCase(name)),
  );
  return several ? "images" : "image";
}

/** The outputs of a model's node. */
export function outputShape(output: ModelOutput): Shape {
  const request = Json.meta({
    title: "Request",
    description:
      "What tells the job: `model`, `request_id`, `seed` where there is one, and `cost_usd`, `price_usd` and `price_unit` when the service says them.",
  });
  switch (output) {
    case "image":
      return { image: Image.meta({ title: "Image", description: "The picture that the model made." }), request };
    case "images":
      return {
        images: z.array(Image).meta({ title: "Images", description: "The pictures that the model made." }),
        request,
      };
    case "video":
      return {
        video: File.meta({ title: "Video", description: "The video that the model made, as a file." }),
        request,
      };
    case "videos":
      return {
        videos: z.array(File).meta({ title: "Videos", description: "The videos that the model made, as files." }),
        request,
      };
  }
}

/** What tells a job, for people and for asking the service about it. */
export function requestOf(modelId: string, { requestId, costUsd, price }: RemoteJobResult, seed: unknown): JsonObject {
  return {
    model: modelId,
    request_id: requestId,
    ...(typeof seed === "number" && { seed }),
    ...(costUsd !== undefined && { cost_usd: costUsd }),
    ...(price && { price_usd: price.usd, price_unit: price.unit }),
  };
}

/** A job's files as values: pictures decoded, videos kept as files. Fails with `remote.output` for more than were wanted. */
export async function outputValues(
  output: ModelOutput,
  { files, requestId }: RemoteJobResult,
  ctx: NodeContext,
): Promise<Record<string, unknown>> {
  if ((output === "image" || output === "video") && files.length !== 1) {
    throw new EngineError({
      code: "remote.output",
      message: `The model gave ${files.length} ${output}s where one was expected. They are paid and can still be had.`,
      expected: `1 ${output}`,
      received: `${files.length} ${output}s`,
      requestId,
      suggestion: `Add the model again with \`--output ${output}s\`, and use that output: the next run collects this job.`,
    });
  }
  const values: unknown[] = [];
  for (const file of files)
    values.push(await (output.startsWith("image") ? picture(file.bytes, ctx) : video(file, ctx)));
  return { [output]: output === "image" || output === "video" ? values[0] : values };
}

async function picture(bytes: Uint8Array, ctx: NodeContext): Promise<unknown> {
  const decode = async () => (await decodeImage(bytes, { name: "the service's picture", limits: remoteLimits })).image;
  return ctx.withSlot("cpu", decode);
}

const extensions: Readonly<Record<string, string>> = {
  "video/mp4": "mp4",
  "video/quicktime": "mov",
  "video/webm": "webm",
  "video/x-msvideo": "avi",
};

async function video({ bytes, mime }: RemoteJobResult["files"][number], ctx: NodeContext): Promise<unknown> {
  const { sha256, size } = await ctx.artifacts.put(bytes, { mime });
  return { kind: "file", name: `${sha256.slice(0, 12)}.${extensions[mime] ?? "bin"}`, sha256, size };
}
