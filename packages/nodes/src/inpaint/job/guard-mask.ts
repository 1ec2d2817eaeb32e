import { EngineError, type MaskValue } from "@inlay/engine";
import { maskBounds, type Bounds } from "@inlay/raster";
import { hardenMask } from "../../pixels/harden-mask.ts";

/** A selection of so few pixels is a slip of the brush more often than a wish. */
const fewPixels = 64;
/** A selection of more than this share of the picture is as good as all of it. */
const nearlyAll = 0.995;

export interface MaskRules {
  /** Of the picture's size. */
  readonly mask: MaskValue;
  readonly allowTiny: boolean;
  readonly allowFull: boolean;
}

/** What a mask selects. */
export interface Selection {
  /** 255 where the mask is above 0, else 0. */
  readonly mask: MaskValue;
  readonly bounds: Bounds;
}

/** What is selected, undefined when nothing is. Refuses what would pay for a mistake: `mask.tiny`, `mask.full`. */
export function guardMask({ mask, allowTiny, allowFull }: MaskRules): Selection | undefined {
  const { mask: hard, selected } = hardenMask(mask);
  const bounds = maskBounds(hard.data, hard.width, hard.height);
  if (!bounds) return undefined;
  if (!allowTiny && selected < fewPixels) throw tinyMask(selected);
  if (!allowFull && selected > nearlyAll * hard.data.length) throw fullMask();
  return { mask: hard, bounds };
}

export function emptyMask(): EngineError {
  return new EngineError({
    code: "mask.empty",
    message: "The mask selects nothing, so there is nothing to repaint. Nothing was sent or paid.",
    input: "mask",
    expected: "a mask with at least one sample above 0",
    suggestion: "Draw the mask over the part to repaint, or set `when_empty` to `keep` to get the picture as it is.",
    fix: { title: "Keep the picture when the mask is empty", set: { when_empty: "keep" } },
  });
}

function tinyMask(selected: number): EngineError {
  return new EngineError({
    code: "mask.tiny",
    message: "The mask selects only a few pixels, which looks like a slip of the brush. Nothing was sent or paid.",
    input: "mask",
    expected: `at least ${fewPixels} selected pixels`,
    received: String(selected),
    suggestion: "Draw the mask over all of the part to repaint, or set `allow_tiny_mask` if this is all.",
    fix: { title: "Repaint these few pixels", set: { allow_tiny_mask: true } },
  });
}

function fullMask(): EngineError {
  return new EngineError({
    code: "mask.full",
    message: "The mask selects the whole picture, so that nothing of it would be left. Nothing was sent or paid.",
    input: "mask",
    expected: "a mask that leaves some of the picture at 0",
    suggestion: "Set `invert_mask` if the mask is the wrong way round, or `allow_full_mask` to repaint everything.",
    fix: { title: "Repaint the whole picture", set: { allow_full_mask: true } },
  });
}
