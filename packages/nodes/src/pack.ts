import type { NodePack, PackedNode } from "@inlay/engine";
import { descriptions, packVersion } from "./generated/catalog.ts";
import { loaders } from "./generated/index.ts";

/**
 * The built-in nodes. Their descriptions are at hand, so that reading the catalogue loads neither zod nor sharp;
 * a node's code loads when a workflow uses it.
 *
 * @example
 * const catalog = catalogOf([nodesPack]);
 * const load = await nodesPack.nodes["image/load"]?.load();
 */
export const nodesPack: NodePack = {
  name: "@inlay/nodes",
  version: packVersion,
  cacheEpoch: 1,
  pictures: async () => (await import("./codec/pinned-pictures.ts")).pinnedPictures,
  nodes: Object.fromEntries(Object.keys(loaders).map((type) => [type, packedNode(type)])),
};

function packedNode(type: string): PackedNode {
  const description = descriptions[type];
  const load = loaders[type];
  if (!description || !load) throw new Error(`The generated files disagree about ${type}: generate them again.`);
  return { description, load };
}
