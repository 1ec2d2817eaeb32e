import type { Asset, JsonValue } from "@inlay/engine";
import type { Command, WorkflowDraft } from "../graph.ts";

/** A node's outputs as the file holds them, and the assets that these refer to. */
export interface PinnedContent {
  readonly pinned: { readonly [output: string]: JsonValue };
  readonly assets: { readonly [sha256: string]: Asset };
}

/** Writes what a node gave into the file, so that it does not run any more. */
export function pinNode(id: string, { pinned, assets }: PinnedContent): Command {
  return {
    name: "pin",
    apply(graph, _base, file) {
      const node = graph.nodes[id];
      if (!node) return;
      const before = node.pinned;
      node.pinned = { ...pinned };
      Object.assign(file.assets, assets);
      dropAssets(file, before);
    },
  };
}

/** Lets a pinned node run again. */
export function unpinNode(id: string): Command {
  return {
    name: "unpin",
    apply(graph, _base, file) {
      const node = graph.nodes[id];
      const before = node?.pinned;
      if (!node || before === undefined) return;
      delete node.pinned;
      dropAssets(file, before);
    },
  };
}

/** Takes the assets away that only what was pinned before has needed. */
function dropAssets(
  file: WorkflowDraft,
  before: NonNullable<WorkflowDraft["nodes"][string]["pinned"]> | undefined,
): void {
  const known = [...JSON.stringify(before ?? null).matchAll(/"\$asset":"([0-9a-f]{64})"/g)].map(([, sha = ""]) => sha);
  if (known.length === 0) return;
  const left = JSON.stringify({ ...file, assets: {} });
  for (const sha of known) if (!left.includes(sha)) delete file.assets[sha];
}
