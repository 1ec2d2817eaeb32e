export { zImageTurboInpaintingModel, zImageTurboInpaintingSchema } from "./z-image-turbo-inpainting.ts";
