import { relative } from "node:path";
import { EngineError, suggestName, type Asset, type JsonValue, type Workflow, type WorkflowNode } from "@inlay/engine";
import type { PinnedContent, PinnedFile } from "./pinned-outputs.ts";

/** Larger files lie beside the workflow, in this folder of the workspace. */
export const pinFolder = "pinned";

/** The most bytes that an asset may carry inside the file. */
const mostInside = 256 * 1024;

/** The node that is to be pinned; fails with `pin.unknown-node`, or with `pin.disabled` for one that has no result. */
export function pinnableNode(workflow: Workflow, id: string): WorkflowNode {
  const node = knownNode(workflow, id);
  if (node.disabled !== undefined) throw disabledNode(id, node.disabled);
  return node;
}

/** The node of that id; fails with `pin.unknown-node`. */
export function knownNode({ nodes }: Workflow, id: string): WorkflowNode {
  const node = Object.hasOwn(nodes, id) ? nodes[id] : undefined;
  if (node) return node;
  const nearest = suggestName(id, Object.keys(nodes));
  throw new EngineError({
    code: "pin.unknown-node",
    message: `The workflow has no node \`${id}\`.`,
    expected: "the id of a node, as `inlay plan` lists them",
    received: `\`${id}\``,
    ...(nearest !== undefined && { suggestion: `Did you mean \`${nearest}\`?` }),
  });
}

function disabledNode(id: string, disabled: string): EngineError {
  const state = disabled === "mute" ? "muted" : "bypassed";
  return new EngineError({
    code: "pin.disabled",
    message: `\`${id}\` is ${state}, so it has no result to pin.`,
    suggestion: "Turn it on first.",
  });
}

/** The workflow with a node's outputs pinned, and the assets that only its earlier pin needed gone. */
export function withPin(
  workflow: Workflow,
  id: string,
  { pinned, files }: PinnedContent,
  pathOf: (file: PinnedFile) => string | undefined,
): Workflow {
  const added = files.map((file): [string, Asset] => [file.sha256, assetOf(file, pathOf(file))]);
  const node = { ...workflow.nodes[id]!, pinned };
  const bare = withoutPin(workflow, id);
  return {
    ...bare,
    nodes: { ...workflow.nodes, [id]: node },
    assets: { ...bare.assets, ...Object.fromEntries(added) },
  };
}

function assetOf({ asset, bytes }: PinnedFile, path: string | undefined): Asset {
  return { ...asset, ...(path === undefined ? { data: Buffer.from(bytes).toString("base64") } : { path }) };
}

/** Whether a file lies beside the workflow instead of in it. */
export function isLarge({ bytes }: PinnedFile): boolean {
  return bytes.byteLength > mostInside;
}

/** The workflow with a node that runs again. */
export function withoutPin(workflow: Workflow, id: string): Workflow {
  const { pinned, ...node } = workflow.nodes[id]!;
  const nodes = { ...workflow.nodes, [id]: node };
  const left = JSON.stringify({ ...workflow, nodes, assets: {} });
  const only = new Set(assetsOf(pinned).filter((sha256) => !left.includes(sha256)));
  const assets = Object.fromEntries(Object.entries(workflow.assets).filter(([sha256]) => !only.has(sha256)));
  return { ...workflow, nodes, assets };
}

function assetsOf(value: JsonValue | undefined): string[] {
  return [...JSON.stringify(value ?? null).matchAll(/"\$asset":"([0-9a-f]{64})"/g)].map(([, sha256 = ""]) => sha256);
}

/** What pinning and unpinning a node leaves alone. */
export function besidesPin(id: string): (workflow: Workflow) => unknown {
  return (workflow) => {
    const { pinned: _, ...node } = workflow.nodes[id]!;
    return { ...workflow, nodes: { ...workflow.nodes, [id]: node }, assets: {} };
  };
}

/** A path as a workflow file writes it. */
export function workspacePath(workspace: string, path: string): string {
  return relative(workspace, path).replaceAll("\\", "/");
}
