import { createRequire } from "node:module";
import type SharpModule from "sharp";

/** sharp, loaded when a picture is first needed; required, because Node imports its many files at twice the price. */
export function loadSharp(): typeof SharpModule {
  return createRequire(import.meta.url)("sharp") as typeof SharpModule;
}
