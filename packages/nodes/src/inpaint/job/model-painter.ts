import type { ImageValue, JsonObject, NodeContext, RemoteJobResult } from "@inlay/engine";
import { runSteps } from "../../pace/run-steps.ts";
import { hashPixelsSteps } from "../../pixels/hash-pixels.ts";
import { maskAsImage } from "../../pixels/mask-as-image.ts";
import { checkSendable, encodeMedium } from "../../runcomfy/encode-medium.ts";
import { fitResult } from "../../runcomfy/fit-result.ts";
import type { ModelJob, PlacedMedium } from "../../runcomfy/model/send-job.ts";
import type { Painter } from "./painter.ts";

/** How a model is called, and what it is asked for besides the pictures. */
export interface ModelCall {
  readonly parameters: JsonObject & { readonly seed: number };
  send(job: ModelJob): Promise<RemoteJobResult>;
  request(result: RemoteJobResult, seed: number): JsonObject;
}

/** Has a model paint. The job is told from others by its parameters and the pixels that are sent, and by nothing else. */
export function modelPainter({ parameters, send, request }: ModelCall): Painter {
  return async ({ sent, sentMask }, ctx) => {
    checkSendable(sent, ctx);
    const media = await ctx.withSlot("cpu", async () => [
      await mediumOf(sent, { field: "image_url", input: "image" }, ctx),
      await mediumOf(maskAsImage(sentMask), { field: "mask_image_url", input: "mask" }, ctx),
    ]);
    const result = await send({ parameters, media });
    const painted = await ctx.withSlot("cpu", () => fitResult(result, sent));
    return { painted, request: request(result, parameters.seed) };
  };
}

async function mediumOf(
  picture: ImageValue,
  place: { readonly field: string; readonly input: string },
  ctx: NodeContext,
): Promise<PlacedMedium> {
  const identity = await runSteps(hashPixelsSteps(picture), ctx);
  return { ...place, media: { identity, encode: () => encodeMedium(picture, ctx, place.input) } };
}
