import { EngineError, type ImageValue, type JsonObject, type JsonValue, type MaskValue } from "@inlay/engine";
import type { NodeContext, RemoteBody, RemoteJobResult, RemoteMedia } from "@inlay/engine";
import { runSteps } from "../../pace/run-steps.ts";
import { convertDepth } from "../../pixels/convert-depth.ts";
import { hashPixelsSteps } from "../../pixels/hash-pixels.ts";
import { maskAsImage } from "../../pixels/mask-as-image.ts";
import { checkSendable, encodeMedium } from "../encode-medium.ts";

/** A picture as it is sent: what it is for the job's key, and what stands for it in the request. */
export interface Medium {
  /** The SHA-256 of its decoded pixels, or its address. */
  readonly identity: string;
  encode(): Promise<RemoteMedia>;
}

/** The media that one input of the node brings. */
export interface PlacedMedium {
  /** The service's name for it. */
  readonly field: string;
  /** The node's name for it, under which it enters the job's key. */
  readonly input: string;
  readonly media: Medium | readonly Medium[];
}

/** A job of a model, ready to be sent. */
export interface ModelJob {
  /** All but the media, by the service's names. */
  readonly parameters: JsonObject;
  readonly media: readonly PlacedMedium[];
  /** The parameters as they are sent, where media stand inside them. Default: as they are. */
  readonly sent?: { readonly [name: string]: RemoteBody };
}

/** The model that jobs are sent to, and what they are to give. */
export interface ModelTarget {
  readonly modelId: string;
  readonly output: "images" | "videos";
}

/** Sends a job and waits for its files. Media are encoded only when a submit is due. */
export async function sendJob(target: ModelTarget, job: ModelJob, ctx: NodeContext): Promise<RemoteJobResult> {
  const { modelId, output } = target;
  const result = await ctx.remote.run({
    model: modelId,
    output,
    identity: { ...job.parameters, ...identities(job) },
    body: () => ctx.withSlot("cpu", () => bodyOf(job)),
    signal: ctx.signal,
    report: () => undefined,
  });
  ctx.signal.throwIfAborted();
  return result;
}

function identities({ media }: ModelJob): JsonObject {
  return Object.fromEntries(
    media.map(({ input, media: given }): [string, JsonValue] => [
      input,
      isList(given) ? given.map(({ identity }) => identity) : given.identity,
    ]),
  );
}

async function bodyOf({
  parameters,
  media,
  sent = parameters,
}: ModelJob): Promise<{ readonly [name: string]: RemoteBody }> {
  const body: Record<string, RemoteBody> = { ...sent };
  for (const { field, media: given } of media) {
    if (!isList(given)) body[field] = await given.encode();
    else {
      const encoded: RemoteMedia[] = [];
      for (const medium of given) encoded.push(await medium.encode());
      body[field] = encoded;
    }
  }
  return body;
}

function isList(media: Medium | readonly Medium[]): media is readonly Medium[] {
  return Array.isArray(media);
}

/** A medium of what an input brought: a picture or mask as 8-bit samples, or an address as it is. */
export async function mediumOf(value: unknown, input: string, ctx: NodeContext): Promise<Medium> {
  if (typeof value === "string") return { identity: value, encode: async () => ({ kind: "media", url: value }) };
  const image = maskAsImage(value as ImageValue | MaskValue);
  checkSendable(image, ctx, input);
  const sent = convertDepth(image, "u8");
  const identity = await runSteps(hashPixelsSteps(sent), ctx);
  return { identity, encode: () => encodeMedium(sent, ctx, input) };
}

/** The error of inputs that together do not make what the model's schema asks for. */
export function unfitBody(message: string, input?: string): EngineError {
  return new EngineError({
    code: "input.model",
    message: `The model's schema does not take these inputs: ${message}. Nothing was sent or paid.`,
    ...(input !== undefined && { input }),
    suggestion: "Correct the input; `inlay nodes` with the node's type shows what each may be.",
  });
}
