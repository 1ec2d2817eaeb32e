export { defineRunComfyModel } from "./define-model.ts";
export type { ModelNodeOptions } from "./define-model.ts";
export { modelOutputs } from "./model-outputs.ts";
export type { ModelOutput } from "./model-outputs.ts";
