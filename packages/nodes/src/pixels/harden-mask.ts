import type { MaskValue } from "@inlay/engine";

/** A mask of only 0 and 255, and how many samples are 255. */
export interface HardMask {
  readonly mask: MaskValue;
  readonly selected: number;
}

/** 255 exactly where the mask is above 0, else 0: everything that a soft edge touches. */
export function hardenMask(mask: MaskValue): HardMask {
  const data = new Uint8Array(mask.data.length);
  let selected = 0;
  for (let i = 0; i < data.length; i++) {
    if (mask.data[i] === 0) continue;
    data[i] = 255;
    selected += 1;
  }
  return { mask: { ...mask, data }, selected };
}
