import { defineNode, Image, z } from "inlay";

export default defineNode({
  type: "image/halftone",
  version: 1,
  title: "Halftone",
  category: "Image",
  description: "Prints a picture in dots of one ink on white paper, larger where it is darker.",
  inputs: {
    image: Image.meta({ description: "The picture to print; transparency is left out." }),
    cell: z.int().min(2).max(64).default(6).meta({ title: "Distance of dots", unit: "px", widget: "slider" }),
  },
  outputs: { image: Image },
  async run({ image, cell }, ctx) {
    const { width, height } = image;
    const data = new Uint8Array(width * height * 3).fill(255);
    for (let top = 0; top < height; top += cell) {
      ctx.signal.throwIfAborted();
      ctx.progress(top, height);
      for (let left = 0; left < width; left += cell) printDot(image, data, { left, top, cell });
      if ((top / cell) % 16 === 0) await ctx.yieldNow();
    }
    return { image: { kind: "image", width, height, channels: 3, depth: "u8", data } };
  },
});

/** A dot of dark blue that covers as much of its cell as the cell is dark. Whole numbers only: the same on every machine. */
function printDot(image, data, { left, top, cell }) {
  const right = Math.min(left + cell, image.width);
  const bottom = Math.min(top + cell, image.height);
  let light = 0;
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) light += brightness(image, y * image.width + x);
  const pixels = (right - left) * (bottom - top);
  const dark = pixels * 255 - light;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const [dx, dy] = [2 * (x - left) + 1 - cell, 2 * (y - top) + 1 - cell];
      // The circle of this radius has the area dark / 255; 355 / 113 is near enough to pi.
      if ((dx * dx + dy * dy) * 355 * 255 < 4 * 113 * dark) data.set([28, 36, 82], (y * image.width + x) * 3);
    }
  }
}

/** 0 to 255, by the weights of Rec. 601. */
function brightness({ channels, depth, data }, pixel) {
  const white = { u8: 255, u16: 65535, f32: 1 }[depth];
  const at = pixel * channels;
  const sum = channels === 1 ? 1000 * data[at] : 299 * data[at] + 587 * data[at + 1] + 114 * data[at + 2];
  return Math.round((sum * 255) / (1000 * white));
}
