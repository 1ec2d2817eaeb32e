export { bodyCheck } from "./body-check.ts";
export type { BodyCheck, BodyProblem } from "./body-check.ts";
export { defineRunComfyModel } from "./define-model.ts";
export type { ModelNodeOptions } from "./define-model.ts";
export { modelFileText, modelPack, readModelFile, readSchemaText } from "./model-file.ts";
export type { AddedModel, Model, ReadModel } from "./model-file.ts";
export { modelOutputs } from "./model-outputs.ts";
export type { ModelOutput } from "./model-outputs.ts";
