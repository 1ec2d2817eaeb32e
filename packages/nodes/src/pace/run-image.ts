import type { ImageValue, NodeContext } from "@inlay/engine";
import { runSteps } from "./run-steps.ts";

/** Runs the steps that make a picture, as `runSteps` does, and answers with it as a node's output `image`. */
export function runImage(
  steps: Iterator<number, ImageValue, void>,
  ctx: NodeContext,
): { image: ImageValue } | Promise<{ image: ImageValue }> {
  const image = runSteps<ImageValue>(steps, ctx);
  return image instanceof Promise ? image.then((value) => ({ image: value })) : { image };
}
