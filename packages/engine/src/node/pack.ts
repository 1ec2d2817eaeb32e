import type { ImageValue } from "../values/image.ts";
import type { NodeDefinition } from "./define-node.ts";
import type { CatalogNode, NodeCatalog, NodeDescription, PackDescription } from "./description.ts";

/** A set of nodes that is installed together. Descriptions are at hand; code loads when a workflow needs it. */
export interface NodePack extends PackDescription {
  readonly nodes: { readonly [type: string]: PackedNode };
  /** Pixels from files and back, for results that a workflow has pinned; called when first needed. */
  readonly pictures?: () => PictureCodec | Promise<PictureCodec>;
}

/** Turns picture files into pixels and back without losing anything. */
export interface PictureCodec {
  /** Upright pixels in sRGB; depth, alpha and one channel are kept. Fails with `image.*`; `name` is for its sentences. */
  decode(bytes: Uint8Array, name: string): Promise<ImageValue>;
  /** A PNG from which `decode` gives the same samples; refuses what PNG cannot hold with `pin.unstorable`. */
  encode(image: ImageValue): Promise<Uint8Array>;
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
