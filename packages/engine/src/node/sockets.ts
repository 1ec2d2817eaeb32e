import { z } from "zod";
import type { JsonValue } from "../json.ts";
import type { FileRef, ImageValue, MaskValue } from "../values/image.ts";

/** The socket of pixels: `inputs: { image: Image }`. */
export const Image = z.custom<ImageValue>().meta({ socket: "image" });

/** The socket of selections, one sample a pixel. */
export const Mask = z.custom<MaskValue>().meta({ socket: "mask" });

/** The socket of files that the workflow or its caller names. */
export const File = z.custom<FileRef>().meta({ socket: "file" });

/** Any JSON value. */
export const Json = z.custom<JsonValue>().meta({ socket: "json" });
