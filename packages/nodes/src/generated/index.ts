// Written by scripts/generate.mjs from the node definitions; changes here are lost.
import type { NodeDefinition } from "@inlay/engine";

/** Loads each node's code, by type. */
export const loaders: Readonly<Record<string, () => Promise<NodeDefinition>>> = {
  "image/composite": () => import("../image/composite.ts").then((module) => module.default),
  "image/load": () => import("../image/load.ts").then((module) => module.default),
  "image/preview": () => import("../image/preview.ts").then((module) => module.default),
  "image/resize": () => import("../image/resize.ts").then((module) => module.default),
  "image/save": () => import("../image/save.ts").then((module) => module.default),
  "mask/ellipse": () => import("../mask/ellipse.ts").then((module) => module.default),
  "mask/feather": () => import("../mask/feather.ts").then((module) => module.default),
  "mask/polygon": () => import("../mask/polygon.ts").then((module) => module.default),
  "runcomfy/z-image-turbo-inpainting": () =>
    import("../runcomfy/z-image-turbo-inpainting.ts").then((module) => module.default),
};
