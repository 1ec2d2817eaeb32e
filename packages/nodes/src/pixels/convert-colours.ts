import type { ImageValue } from "@inlay/engine";
import { sampleArrays } from "./sample-depth.ts";

/**
 * The same picture as grey (`1`: one channel) or colour (`3`: RGB, or RGBA when it has alpha). The same object when
 * there is nothing to do. Grey to colour repeats the sample; colour to grey is the luma of ITU-R BT.709,
 * 0.2126 R + 0.7152 G + 0.0722 B over the samples as stored, rounded for integers, and drops alpha.
 */
export function convertColours(image: ImageValue, colours: 1 | 3): ImageValue {
  if ((image.channels === 1) === (colours === 1)) return image;
  return colours === 1 ? toGrey(image) : toColour(image);
}

function toGrey(image: ImageValue): ImageValue {
  const { data, channels, depth } = image;
  const out = data.slice(0, data.length / channels);
  const half = depth === "f32" ? 0 : 0.5;
  for (let from = 0, to = 0; to < out.length; from += channels, to += 1) {
    out[to] = 0.2126 * data[from]! + 0.7152 * data[from + 1]! + 0.0722 * data[from + 2]! + half;
  }
  return { ...image, channels: 1, data: out };
}

function toColour(image: ImageValue): ImageValue {
  const { data } = image;
  const out = new sampleArrays[image.depth](data.length * 3);
  for (let from = 0, to = 0; from < data.length; from += 1, to += 3) {
    out[to] = out[to + 1] = out[to + 2] = data[from]!;
  }
  return { ...image, channels: 3, data: out };
}
