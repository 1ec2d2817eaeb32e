import { EngineError, type PictureCodec } from "@inlay/engine";
import { decodeImage } from "./decode-image.ts";
import { encodeImage } from "./encode-image.ts";

/** How results that a workflow pins are kept as PNG files: the same samples come back, 16 bits and alpha too. */
export const pinnedPictures: PictureCodec = {
  decode: async (bytes, name) => (await decodeImage(bytes, { name })).image,
  encode: async (image) => {
    if (image.depth === "f32") throw unstorable("has more than 16 bits a sample", "8 or 16 bits", image.depth);
    if (image.profile) throw unstorable("has a colour profile of its own", "sRGB", "another profile");
    return encodeImage(image, { format: "png", density: image.metadata?.density });
  },
};

function unstorable(what: string, expected: string, received: string): EngineError {
  const message = `The result ${what}, which would be lost in the file.`;
  return new EngineError({ code: "pin.unstorable", message, expected, received });
}
