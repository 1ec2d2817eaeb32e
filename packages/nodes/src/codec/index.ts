export { encodeImage } from "./encode-image.ts";
export type { EncodeOptions } from "./encode-image.ts";
export { decodeImage, measureImage } from "./decode-image.ts";
export { selectSimilar } from "../mask/select-similar.ts";
export { encodePreview, encodeThumbnail } from "./preview.ts";
export { maskAsImage } from "../pixels/mask-as-image.ts";
export { isPicture, workflowOfPicture } from "../record/workflow-of-picture.ts";
export type { PictureWorkflow } from "../record/workflow-of-picture.ts";
