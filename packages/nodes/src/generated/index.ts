// Written by scripts/generate.mjs from the node definitions; changes here are lost.
import type { NodeDefinition } from "@inlay/engine";

/** Loads each node's code, by type. */
export const loaders: Readonly<Record<string, () => Promise<NodeDefinition>>> = {
  "image/adjust": () => import("../image/adjust.ts").then((module) => module.default),
  "image/blur": () => import("../image/blur.ts").then((module) => module.default),
  "image/composite": () => import("../image/composite.ts").then((module) => module.default),
  "image/crop": () => import("../image/crop.ts").then((module) => module.default),
  "image/flip": () => import("../image/flip.ts").then((module) => module.default),
  "image/load": () => import("../image/load.ts").then((module) => module.default),
  "image/pad": () => import("../image/pad.ts").then((module) => module.default),
  "image/preview": () => import("../image/preview.ts").then((module) => module.default),
  "image/resize": () => import("../image/resize.ts").then((module) => module.default),
  "image/rotate": () => import("../image/rotate.ts").then((module) => module.default),
  "image/save": () => import("../image/save.ts").then((module) => module.default),
  "image/sharpen": () => import("../image/sharpen.ts").then((module) => module.default),
  "mask/bounds": () => import("../mask/bounds.ts").then((module) => module.default),
  "mask/combine": () => import("../mask/combine.ts").then((module) => module.default),
  "mask/ellipse": () => import("../mask/ellipse.ts").then((module) => module.default),
  "mask/feather": () => import("../mask/feather.ts").then((module) => module.default),
  "mask/fill-holes": () => import("../mask/fill-holes.ts").then((module) => module.default),
  "mask/from-alpha": () => import("../mask/from-alpha.ts").then((module) => module.default),
  "mask/from-color": () => import("../mask/from-color.ts").then((module) => module.default),
  "mask/from-image": () => import("../mask/from-image.ts").then((module) => module.default),
  "mask/from-luminance": () => import("../mask/from-luminance.ts").then((module) => module.default),
  "mask/grow": () => import("../mask/grow.ts").then((module) => module.default),
  "mask/invert": () => import("../mask/invert.ts").then((module) => module.default),
  "mask/paint": () => import("../mask/paint.ts").then((module) => module.default),
  "mask/polygon": () => import("../mask/polygon.ts").then((module) => module.default),
  "mask/rectangle": () => import("../mask/rectangle.ts").then((module) => module.default),
  "mask/shrink": () => import("../mask/shrink.ts").then((module) => module.default),
  "mask/threshold": () => import("../mask/threshold.ts").then((module) => module.default),
  "mask/to-image": () => import("../mask/to-image.ts").then((module) => module.default),
  "runcomfy/z-image-turbo-inpainting": () =>
    import("../runcomfy/z-image-turbo-inpainting.ts").then((module) => module.default),
};
