export { testNode } from "./test-node.ts";
export type { NodeTest } from "./test-node.ts";
