import { expect, test } from "vitest";
import type { ImageValue } from "@inlay/engine";
import { pinnedPictures } from "./pinned-pictures.ts";

const picture = (channels: 1 | 3 | 4, depth: "u8" | "u16"): ImageValue => {
  const samples = Array.from({ length: 7 * 5 * channels }, (_, i) => (i * 7919) % (depth === "u8" ? 256 : 65_536));
  const data = depth === "u8" ? Uint8Array.from(samples) : Uint16Array.from(samples);
  return { kind: "image", width: 7, height: 5, channels, depth, data };
};

test.each([1, 3, 4] as const)(
  "a picture of %i channels comes back sample by sample, in 8 and 16 bits",
  async (channels) => {
    for (const depth of ["u8", "u16"] as const) {
      const image = picture(channels, depth);
      expect(await pinnedPictures.decode(await pinnedPictures.encode(image), "x")).toEqual(image);
    }
  },
);

test("a density stays beside the samples", async () => {
  const image: ImageValue = { ...picture(3, "u8"), metadata: { density: 300 } };
  expect((await pinnedPictures.decode(await pinnedPictures.encode(image), "x")).metadata).toEqual({ density: 300 });
});

test("what a PNG would lose is refused", async () => {
  const floats: ImageValue = { ...picture(1, "u8"), depth: "f32", data: new Float32Array(35) };
  const profiled: ImageValue = { ...picture(3, "u8"), profile: Uint8Array.of(1) };
  for (const image of [floats, profiled]) {
    const data = expect.objectContaining({ code: "pin.unstorable" });
    await expect(pinnedPictures.encode(image)).rejects.toMatchObject({ data });
  }
});
