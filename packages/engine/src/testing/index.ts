export { testNode } from "./test-node.ts";
export type { NodeTest } from "./test-node.ts";
export { resultCacheConformance } from "./result-cache-conformance.ts";
export type { ConformanceCase } from "./result-cache-conformance.ts";
export { spillStoreConformance } from "./spill-store-conformance.ts";
