import type { ImageValue, MaskValue } from "@inlay/engine";
import type { PictureTools } from "@inlay/host/server";

/** The built-in pack's codec, loaded when the first picture is to be shown. */
export const pictureTools: PictureTools = {
  preview: async (value, maxSide) => (await codec()).encodePreview(value, maxSide),
  thumbnail: async (bytes, maxSide) => (await codec()).encodeThumbnail(bytes, maxSide),
  measure: async (bytes, name) => (await codec()).measureImage(bytes, name),
  decode: async (bytes, name) => (await (await codec()).decodeImage(bytes, { name })).image,
  similar: async (image, request) => (await codec()).selectSimilar(image, request),
  async encode(value: ImageValue | MaskValue) {
    const { encodeImage, maskAsImage } = await codec();
    return encodeImage(maskAsImage(value), { format: "png" });
  },
};

function codec() {
  return import("@inlay/nodes/codec");
}
