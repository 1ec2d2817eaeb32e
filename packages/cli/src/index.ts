export { openInlay } from "./library/open-inlay.ts";
export type { Inlay, InlayOptions, InlayRunOptions } from "./library/open-inlay.ts";
export type { InlayRun, RunOutputs, RunReport } from "./library/run-handle.ts";
export type { PictureFormat, PictureResult } from "./library/picture-result.ts";
export { EngineError } from "@inlay/engine";
export type { ErrorData, RunEvent, Workflow, WorkflowDescription } from "@inlay/engine";
