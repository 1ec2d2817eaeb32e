import { expect, test } from "vitest";
import { noise } from "../../test/pictures.ts";
import { convertDepth } from "../pixels/convert-depth.ts";
import { dropAlpha } from "../pixels/flatten.ts";
import { colourBytesSteps } from "./colour-bytes.ts";

const depths = ["u8", "u16", "f32"] as const;
const formats = depths.flatMap((depth) => ([1, 3, 4] as const).map((channels) => [depth, channels] as const));

test.each(formats)("the bytes are those of dropping alpha and narrowing the depth: %s × %i", (depth, channels) => {
  const image = noise(7, 5, channels, depth);
  const steps = colourBytesSteps(image);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  expect(step.value).toEqual(convertDepth(dropAlpha(image), "u8").data);
});
