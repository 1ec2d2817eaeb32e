/** The picture at one size while it is being filled. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Interleaved samples; those of the hole are written to. */
  readonly data: Uint8Array;
  /** One a pixel: 1 = to be filled. */
  readonly hole: Uint8Array;
}

/**
 * Half the picture, sides rounded up. A pixel is the mean of the up to four known pixels it stands for, and a hole
 * where fewer than two of four (or half of what the border leaves) are known.
 */
export function halve(picture: Picture): Picture {
  const { channels } = picture;
  const width = (picture.width + 1) >> 1;
  const height = (picture.height + 1) >> 1;
  const data = new Uint8Array(width * height * channels);
  const hole = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) halvePixel(picture, x, y, data, hole, y * width + x);
  }
  return { width, height, channels, data, hole };
}

function halvePixel(from: Picture, x: number, y: number, data: Uint8Array, hole: Uint8Array, at: number): void {
  const { width, height, channels } = from;
  const right = Math.min(2 * x + 1, width - 1);
  const bottom = Math.min(2 * y + 1, height - 1);
  const corners = [2 * y * width + 2 * x, 2 * y * width + right, bottom * width + 2 * x, bottom * width + right];
  let known = 0;
  for (const corner of corners) known += 1 - from.hole[corner]!;
  hole[at] = known < 2 ? 1 : 0;
  if (known === 0) return;
  for (let c = 0; c < channels; c++) {
    let sum = known >> 1;
    for (const corner of corners) if (from.hole[corner] === 0) sum += from.data[corner * channels + c]!;
    data[at * channels + c] = Math.floor(sum / known);
  }
}
