import { EngineError, type MaskValue, type NodeContext } from "@inlay/engine";
import { invertMask } from "@inlay/raster";
import { fitMask } from "../pixels/fit-mask.ts";
import { hardenMask } from "../pixels/harden-mask.ts";
import type { Size } from "../pixels/size.ts";

/** The mask in the two forms that inpainting needs, both exactly of the picture's size. */
export interface PreparedMask {
  /** As given, for compositing the result. */
  readonly soft: MaskValue;
  /** White (255) where `soft` is above 0, black elsewhere, for the service. */
  readonly hard: MaskValue;
}

/**
 * Brings a mask to the picture's size and the service's polarity (white = repaint).
 *
 * The service would crop a mask of another aspect ratio and so shift it silently; here it is `mask.size-mismatch`.
 * A mask that selects nothing is `mask.empty`: the job would be paid for nothing. One that selects everything is a
 * warning.
 */
export function prepareMask(
  { mask, invert, size }: { readonly mask: MaskValue; readonly invert: boolean; readonly size: Size },
  ctx: NodeContext,
): PreparedMask {
  const fitted = fitMask(mask, size, ctx);
  const soft = invert ? { ...fitted, data: invertMask(fitted.data) } : fitted;
  const { mask: hard, selected } = hardenMask(soft);
  if (selected === 0) throw emptyMask();
  if (selected === hard.data.length) {
    ctx.log("warning", "The mask selects the whole picture: everything is repainted.");
  }
  return { soft, hard };
}

function emptyMask(): EngineError {
  return new EngineError({
    code: "mask.empty",
    message: "The mask selects nothing, so there is nothing to repaint. Nothing was sent or paid.",
    input: "mask",
    expected: "a mask with at least one sample above 0",
    suggestion: "Draw the mask over the part to repaint, or set `invert_mask` if it is the wrong way round.",
  });
}
