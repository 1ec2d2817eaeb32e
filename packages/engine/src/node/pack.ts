import type { NodeDefinition } from "./define-node.ts";
import type { CatalogNode, NodeCatalog, NodeDescription, PackDescription } from "./description.ts";

/** A set of nodes that is installed together. Descriptions are at hand; code loads when a workflow needs it. */
export interface NodePack extends PackDescription {
  readonly nodes: { readonly [type: string]: PackedNode };
}

export interface PackedNode {
  readonly description: NodeDescription;
  load(): NodeDefinition | Promise<NodeDefinition>;
}

/** A pack of definitions that are loaded already. */
export function definePack(pack: PackDescription, definitions: readonly NodeDefinition[]): NodePack {
  const nodes: Record<string, PackedNode> = {};
  for (const definition of definitions) {
    const { type } = definition.description;
    if (nodes[type]) throw new TypeError(`${pack.name} defines ${type} twice.`);
    nodes[type] = { description: definition.description, load: () => definition };
  }
  return { ...pack, nodes };
}

/** The catalogue of several packs. Throws when two packs define one type. */
export function catalogOf(packs: readonly NodePack[]): NodeCatalog {
  const described: Record<string, PackDescription> = {};
  const nodes: Record<string, CatalogNode> = {};
  for (const { name, version, cacheEpoch, nodes: packed } of packs) {
    described[name] = { name, version, cacheEpoch };
    for (const [type, { description }] of Object.entries(packed)) {
      if (nodes[type]) throw new TypeError(`Both ${nodes[type].pack} and ${name} define ${type}.`);
      nodes[type] = { ...description, pack: name };
    }
  }
  return { packs: described, nodes };
}
