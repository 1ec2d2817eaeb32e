import type { ImageValue } from "@inlay/engine";

/**
 * A picture of at most `maxSide` pixels a side that takes every n-th pixel: no averaging, and so fast that every
 * intermediate picture can have one. The same object when it is small enough already.
 */
export function thumbnail(image: ImageValue, maxSide: number): ImageValue {
  const shrink = Math.max(image.width, image.height) / maxSide;
  if (shrink <= 1) return image;
  const width = Math.max(1, Math.round(image.width / shrink));
  const height = Math.max(1, Math.round(image.height / shrink));
  return { ...image, width, height, data: sample(image, width, height) };
}

function sample({ data, width, height, channels }: ImageValue, toWidth: number, toHeight: number) {
  const out = data.slice(0, toWidth * toHeight * channels);
  let to = 0;
  for (let y = 0; y < toHeight; y++) {
    const row = Math.floor(((y + 0.5) * height) / toHeight) * width;
    for (let x = 0; x < toWidth; x++) {
      const from = (row + Math.floor(((x + 0.5) * width) / toWidth)) * channels;
      for (let c = 0; c < channels; c++) out[to++] = data[from + c]!;
    }
  }
  return out;
}
