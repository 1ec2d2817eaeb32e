export { encodeImage } from "./encode-image.ts";
export type { EncodeOptions } from "./encode-image.ts";
