import type { MaskValue, NodeContext } from "@inlay/engine";
import { runSteps } from "../pace/run-steps.ts";
import { rowSteps } from "../pixels/row-steps.ts";
import type { Size } from "../pixels/size.ts";

/** The samples of a mask in the making. */
export type MaskSteps = Generator<number, Uint8Array, void>;

/** Runs the steps that make a mask's samples, as `runSteps` does, and answers with it as a node's output `mask`. */
export function runMask(
  { width, height }: Size,
  steps: MaskSteps,
  ctx: NodeContext,
): { mask: MaskValue } | Promise<{ mask: MaskValue }> {
  const asOutput = (data: Uint8Array): { mask: MaskValue } => ({ mask: { kind: "mask", width, height, data } });
  const data = runSteps<Uint8Array>(steps, ctx);
  return data instanceof Promise ? data.then(asOutput) : asOutput(data);
}

/** Makes a mask's samples row by row: `samplesOf` gives those of the pixels from `start` up to `end`. */
export function* maskRows({ width, height }: Size, samplesOf: (start: number, end: number) => Uint8Array): MaskSteps {
  const out = new Uint8Array(width * height);
  yield* rowSteps({ height, cost: width }, (y) => out.set(samplesOf(y * width, (y + 1) * width), y * width));
  return out;
}
