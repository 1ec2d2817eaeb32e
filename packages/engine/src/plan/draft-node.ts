import { canonicalJson, type JsonValue } from "../json.ts";
import type { CatalogNode, InputDescription, NodeCatalog } from "../node/description.ts";
import type { ValueSchema } from "../schema/value-schema.ts";
import { linkFollower } from "../workflow/bypass.ts";
import { referenceOf } from "../workflow/reference.ts";
import type { Workflow } from "../workflow/workflow.ts";
import type { PlannedReference } from "./plan.ts";

/** A node while the plan is made: disabled nodes are gone, links still name their source. */
export interface DraftNode {
  readonly id: string;
  readonly description: CatalogNode;
  readonly template: Readonly<Record<string, JsonValue | undefined>>;
  readonly links: readonly DraftLink[];
  readonly references: readonly PlannedReference[];
  readonly keyText: string;
}

interface DraftLink {
  readonly input: string;
  readonly item: number | undefined;
  readonly source: string;
  readonly output: string;
  /** What the input, or the item of the list, takes. */
  readonly takes: ValueSchema;
}

/** What all nodes of one type have in common, taken from the catalogue once. */
interface NodeType {
  readonly description: CatalogNode;
  readonly inputs: readonly (readonly [name: string, input: InputDescription])[];
  readonly keyText: string;
}

/**
 * A function that drafts one node: walks the inputs in the order of the description, so that nodes of one type have
 * objects of one shape, and sorts what is there into literals, links and references. Links from muted nodes give way to
 * the input's default, links from bypassed ones lead to what these pass through.
 */
export function nodeDrafter(workflow: Workflow, catalog: NodeCatalog): (id: string) => DraftNode {
  const typeOf = nodeTypes(catalog);
  const follow = linkFollower(workflow, catalog);

  /** A value, or what stands in for it when it is a link from a disabled node. */
  const enabled = (value: JsonValue | undefined): JsonValue | undefined => {
    const reference = value === undefined ? undefined : referenceOf(value);
    if (reference?.kind !== "link" || workflow.nodes[reference.node]?.disabled === undefined) return value;
    const end = follow(reference.node, reference.output);
    if (end.kind === "link") return { $link: [end.node, end.output] };
    return end.kind === "value" ? end.value : undefined;
  };

  return (id) => {
    const node = workflow.nodes[id]!;
    const { description, inputs, keyText } = typeOf(node.type);
    const template: Record<string, JsonValue | undefined> = {};
    const links: DraftLink[] = [];
    const references: PlannedReference[] = [];
    const key = [keyText];

    /** Notes a link or reference; false for a literal. */
    const isElsewhere = (value: JsonValue, input: string, item: number | undefined, takes: ValueSchema): boolean => {
      const reference = referenceOf(value);
      if (reference === undefined) return false;
      if (reference.kind === "link") {
        links.push({ input, item, source: reference.node, output: reference.output, takes });
        key.push(`${input}${item === undefined ? "" : `[${item}]`}<${reference.output}`);
      } else references.push({ input, item, reference });
      return true;
    };

    for (const [input, { schema, default: fallback }] of inputs) {
      const value = enabled(Object.hasOwn(node.inputs, input) ? node.inputs[input] : undefined) ?? fallback;
      if (value === undefined) continue;
      if (isElsewhere(value, input, undefined, schema)) {
        template[input] = undefined;
        continue;
      }
      const literal =
        schema.type === "list" && Array.isArray(value)
          ? (value as readonly JsonValue[]).map((item, i) => {
              const itself = enabled(item) ?? null;
              return isElsewhere(itself, input, i, schema.items) ? null : itself;
            })
          : value;
      template[input] = literal;
      key.push(`${input}=${canonicalJson(literal)}`);
    }
    return { id, description, template, links, references, keyText: key.join("\n") };
  };
}

function nodeTypes(catalog: NodeCatalog): (type: string) => NodeType {
  const types = new Map<string, NodeType>();
  return (name) => {
    const known = types.get(name);
    if (known) return known;
    const description = catalog.nodes[name]!;
    const { type, version, pack, inputs } = description;
    const keyText = `${type}@${version}\n${pack}:${catalog.packs[pack]?.cacheEpoch ?? 0}`;
    const made = { description, inputs: Object.entries(inputs), keyText };
    types.set(name, made);
    return made;
  };
}
