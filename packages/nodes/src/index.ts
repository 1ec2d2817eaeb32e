export { encodeImage, type EncodeOptions } from "./codec/encode-image.ts";
export { nodesPack } from "./pack.ts";
export { prefetch } from "./prefetch.ts";
