import { fillInWorker } from "@inlay/patchmatch/node";
import { stageOf } from "../stage-of.ts";
import type { Painter } from "./painter.ts";

/** Continues the surroundings by PatchMatch, on this computer. */
export function localPainter(seed: number): Painter {
  return async ({ sent, sentMask }, ctx) => {
    const { width, height } = sent;
    const request = { width, height, channels: 3, data: sent.data as Uint8Array, mask: sentMask.data, seed } as const;
    const { signal, progress } = stageOf(ctx, 0.1, 0.9);
    const data = await fillInWorker(request, { signal, onProgress: progress });
    return { painted: { ...sent, data }, request: { method: "local", seed } };
  };
}
