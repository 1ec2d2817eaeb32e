import type { Size } from "../viewer/view-port.ts";

/**
 * Bytes that editing takes for each pixel of a mask: the mask, the one it is painted on, and in a preview the mask before,
 * the one that is worked on and what the work itself keeps.
 */
const bytesPerPixel = 6;
/** Of the memory that a device says it has, how much one tab may take. */
const share = 0.25;
/** What is assumed of browsers that do not say, in GiB. */
const usualMemory = 4;

/** What a browser may tell of its device: memory in GiB. */
export interface Device {
  readonly deviceMemory?: number;
}

/** Megapixels that a mask may have here. Browsers round the memory of a device, and tell at most 8 or 32 GiB. */
export function mostMegapixels({ deviceMemory = usualMemory }: Device): number {
  return Math.floor((deviceMemory * share * 2 ** 30) / bytesPerPixel / 1e6);
}

/** Whether a mask of a picture can be edited without the browser giving the page up. */
export function fitsMemory({ width, height }: Size, device: Device): boolean {
  return width * height <= mostMegapixels(device) * 1e6;
}
