export { canonicalJson, isJsonObject } from "./json.ts";
export type { JsonObject, JsonValue } from "./json.ts";
export type {
  ArtifactRef,
  FileRef,
  ImageMetadata,
  ImageValue,
  MaskValue,
  SampleDepth,
  Samples,
} from "./values/image.ts";

export { pictureProblem } from "./values/picture-problem.ts";
export type { PictureProblem } from "./values/picture-problem.ts";

export { checkValue, isHandle } from "./schema/check-value.ts";
export type { ValueProblem } from "./schema/check-value.ts";
export { assignable, canFeed } from "./schema/assignable.ts";
export { describeSchema, describeValue } from "./schema/describe-schema.ts";
export type {
  ListSchema,
  NumberSchema,
  ObjectSchema,
  SocketName,
  SocketSchema,
  StringSchema,
  ValueSchema,
} from "./schema/value-schema.ts";

export type { InputFinding, InputRules } from "./node/input-rules.ts";
export type { NodeMigration } from "./node/node-migration.ts";
export { defineNode } from "./node/define-node.ts";
export type { NodeDefinition, NodeSpec, Shape, ValuesOf } from "./node/define-node.ts";
export { File, Image, Json, Mask } from "./node/sockets.ts";
export { catalogOf, definePack } from "./node/pack.ts";
export type { NodePack, PackedNode, PictureCodec } from "./node/pack.ts";
export type {
  CatalogNode,
  InputDescription,
  NodeCatalog,
  NodeDescription,
  OutputDescription,
  PackDescription,
  Resource,
} from "./node/description.ts";
export { metadataLevels } from "./node/context.ts";
export type { FingerprintContext, MetadataLevel, NodeContext, PublishedFile, RunInfo } from "./node/context.ts";

export type { ExpandedGraph, Expansion } from "./node/expansion.ts";

export { EngineError, errorData } from "./errors.ts";
export type { ErrorData, RemoteEnding } from "./errors.ts";
export type { Fix } from "./fix.ts";
export { diagnosticCodes } from "./diagnostics/codes.ts";
export type { DiagnosticCode } from "./diagnostics/codes.ts";
export type { Diagnostic, JsonPath } from "./diagnostics/diagnostic.ts";
export { printable } from "./diagnostics/printable.ts";
export { suggestName } from "./diagnostics/suggest.ts";

export type {
  AbortSource,
  ArtifactStore,
  EngineHost,
  FileAccess,
  FolderRequest,
  LimitedResource,
  Limits,
  ListedFile,
  MediaLimits,
  ModelPrice,
  RemoteBody,
  RemoteJobRequest,
  RemoteJobResult,
  RemoteMedia,
  RemoteService,
  RemoteState,
  RunServices,
  Signal,
  SpilledSamples,
  SpillStore,
  WriteRequest,
  WrittenFile,
} from "./host.ts";
export type { CachedResult, NodeOutputs, ResultCache, ResultInfo } from "./cache/result-cache.ts";
export type { ItemCounts, RunCounts, RunEvent, RunEventBody, RunStatus } from "./run/events.ts";

export { compilePlan } from "./plan/compile-plan.ts";
export { isPaid } from "./plan/paid-when.ts";
export type { PlanOptions } from "./plan/compile-plan.ts";
export { maskMark } from "./run/pinned-values.ts";
export type { Plan, PlannedNode } from "./plan/plan.ts";
export { layeredCache, memoryCache } from "./cache/memory-cache.ts";
export type { MemoryCache } from "./cache/memory-cache.ts";
export { usd } from "./money/usd.ts";
export type { PaymentLimits } from "./money/purchases.ts";
export { createEngine } from "./run/engine.ts";
export type { Preview, PreviewNode, PreviewOptions } from "./preview/preview.ts";
export type { Engine, EngineOptions, Run } from "./run/engine.ts";
export type { RunOptions, RunResult } from "./run/run-options.ts";
export type { ValueStoreOptions } from "./run/value-store.ts";
export type { MadeOutputs } from "./run/node-run.ts";
export type { RunCheckpoints } from "./run/run-checkpoints.ts";
export { itemKeysOf } from "./run/list-items.ts";
export { summarizeValue } from "./run/summarize-value.ts";
export type { CallerValue } from "./run/resolve-references.ts";
export { applyRunEvent, createRunState } from "./run/run-state.ts";
export type { NodeState, RunState } from "./run/run-state.ts";

export { maxJsonBytes } from "./workflow/json-limits.ts";
export { readWorkflow } from "./workflow/read-workflow.ts";
export type { ReadOptions, WorkflowReading } from "./workflow/read-workflow.ts";
export { writeWorkflow } from "./workflow/write-workflow.ts";
export { checkWorkflow } from "./workflow/check-workflow.ts";
export { idPattern } from "./workflow/names.ts";
export { describeSubWorkflows } from "./workflow/sub-workflows.ts";
export type { SubWorkflows } from "./workflow/sub-workflows.ts";
export { withPositions } from "./workflow/locate.ts";
export { migrateNodes } from "./workflow/migrate-nodes.ts";
export type { MigratedWorkflow } from "./workflow/migrate-nodes.ts";
export { openWorkflow } from "./workflow/open-workflow.ts";
export type { OpenedWorkflow } from "./workflow/open-workflow.ts";
export { definitionsOf, validateNodes } from "./workflow/validate-nodes.ts";
export type { LoadDefinition } from "./workflow/validate-nodes.ts";
export { workflowJsonSchema } from "./workflow/json-schema.ts";
export { withMovedSchema, withNamedSchema, workspaceSchema } from "./workflow/named-schema.ts";
export type { Migration } from "./workflow/migrate.ts";
export { referenceOf } from "./workflow/reference.ts";
export { namedInputSchema, namedInputTypes, workflowVersion } from "./workflow/workflow.ts";
export type {
  Asset,
  NamedInput,
  NamedInputType,
  NamedOutput,
  Reference,
  Workflow,
  WorkflowGraph,
  WorkflowNode,
} from "./workflow/workflow.ts";
export { formatDiagnostic } from "./diagnostics/format-diagnostic.ts";
export { bypassSource, linkFollower } from "./workflow/bypass.ts";
export type { LinkEnd } from "./workflow/bypass.ts";
export { describeWorkflow } from "./workflow/describe-workflow.ts";
export type {
  NamedInputDescription,
  NamedOutputDescription,
  WorkflowDescription,
} from "./workflow/describe-workflow.ts";
