export { testNode } from "@inlay/engine/testing";
export type { NodeTest } from "@inlay/engine/testing";
