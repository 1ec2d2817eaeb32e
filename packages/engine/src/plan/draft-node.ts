import { canonicalJson, type JsonValue } from "../json.ts";
import type { CatalogNode, InputDescription, NodeCatalog } from "../node/description.ts";
import type { ValueSchema } from "../schema/value-schema.ts";
import { own } from "../workflow/own.ts";
import { usedSubWorkflows } from "../workflow/sub-workflows.ts";
import type { Workflow } from "../workflow/workflow.ts";
import type { ValueFollower } from "./follow-value.ts";
import { pinnedOutputs } from "../workflow/pinned.ts";
import { draftPinned } from "./draft-pinned.ts";
import { describeFor } from "./paid-when.ts";
import type { PlannedReference } from "./plan.ts";
import type { Scope } from "./scope.ts";

/** A node while the plan is made: disabled nodes are gone, links still name their source. */
export interface DraftNode {
  readonly id: string;
  readonly description: CatalogNode;
  readonly template: Readonly<Record<string, JsonValue | undefined>>;
  readonly links: readonly DraftLink[];
  readonly references: readonly PlannedReference[];
  readonly keyText: string;
  /** How lists go together, should it be given any for inputs that take one value. */
  readonly each: "zip" | "product";
  /** Seconds. */
  readonly timeout: number | undefined;
  /** Its outputs stand in the file: `list` when they are those of a node that ran for each item. */
  readonly pinned: "one" | "list" | undefined;
}

interface DraftLink {
  readonly input: string;
  readonly item: number | undefined;
  readonly scope: Scope;
  /** The source's id in its scope. */
  readonly source: string;
  readonly output: string;
  /** What the input, or the item of the list, takes. */
  readonly takes: ValueSchema;
  /** What the named inputs of sub-workflows on the way take. */
  readonly through: readonly ValueSchema[];
}

/** What all nodes of one type have in common, taken from the catalogue once. */
interface NodeType {
  readonly description: CatalogNode;
  readonly inputs: readonly TypeInput[];
  readonly keyText: string;
}

interface TypeInput extends InputDescription {
  readonly name: string;
  /** How its line in the key's text begins. */
  readonly line: string;
}

/** Drafts the node of a scope that has that id there. */
export type NodeDrafter = (scope: Scope, id: string) => DraftNode;

/**
 * A function that drafts one node: walks the inputs in the order of the description, so that nodes of one type have
 * objects of one shape, and sorts what is there into literals, links and references. Links from muted nodes give way to
 * the input's default, links from bypassed ones lead to what these pass through, those from sub-workflows into them.
 */
export function nodeDrafter(catalog: NodeCatalog, follow: ValueFollower): NodeDrafter {
  const typeOf = nodeTypes(catalog);
  return (scope, id) => {
    const node = scope.graph.nodes[id]!;
    const type = typeOf(node.type);
    const each = node.each ?? "zip";
    const pinned = pinnedOutputs(node);
    if (pinned) return draftPinned(scope.prefix + id, type.description, pinned);
    const draft = new Draft(each === "zip" ? type.keyText : `${type.keyText} each=${each}`, follow);
    for (const input of type.inputs) {
      const value = Object.hasOwn(node.inputs, input.name) ? node.inputs[input.name] : undefined;
      draft.addInput(input, scope, value);
    }
    const timeout = node.timeout ?? type.description.timeout;
    return draft.finish(scope.prefix + id, type.description, { each, timeout });
  };
}

/** A node's template, links, references and key while its inputs are walked. */
class Draft {
  readonly #follow: ValueFollower;
  #key: string;
  readonly #template: Record<string, JsonValue | undefined> = {};
  readonly #links: DraftLink[] = [];
  readonly #references: PlannedReference[] = [];

  constructor(keyText: string, follow: ValueFollower) {
    this.#key = keyText;
    this.#follow = follow;
  }

  addInput(input: TypeInput, scope: Scope, given: JsonValue | undefined): void {
    const { name, line, schema, default: fallback } = input;
    let value = given;
    let valueScope = scope;
    if (typeof given === "object" && given !== null) {
      const found = this.#place(input, undefined, schema, scope, given);
      if (found.kind === "placed") {
        this.#template[name] = undefined;
        return;
      }
      value = found.value;
      valueScope = found.scope;
    }
    value ??= fallback;
    if (value === undefined) return;
    const literal =
      schema.type === "list" && Array.isArray(value) ? this.#placeItems(input, schema.items, valueScope, value) : value;
    this.#template[name] = literal;
    this.#key += `${line}=${canonicalJson(literal)}`;
    if (input.subWorkflow) this.#key += `${line}:${canonicalJson(usedGraphs(scope.workflow, literal))}`;
  }

  finish(id: string, description: CatalogNode, { each, timeout }: Pick<DraftNode, "each" | "timeout">): DraftNode {
    return {
      id,
      description: describeFor(description, this.#template[description.paidWhen?.input ?? ""]),
      template: this.#template,
      // A copy has no room for more: arrays that grew take three times as much memory.
      links: this.#links.slice(),
      references: this.#references,
      keyText: this.#key,
      each,
      timeout,
      pinned: undefined,
    };
  }

  /** The items that are literals, `null` in place of the others. */
  #placeItems(input: TypeInput, takes: ValueSchema, scope: Scope, items: readonly JsonValue[]): JsonValue {
    return items.map((item, i) => {
      const found = this.#place(input, i, takes, scope, item);
      return found.kind === "literal" ? (found.value ?? null) : null;
    });
  }

  /** Notes a link or reference; answers with a literal, or none when there is nothing. */
  #place(
    { name, line }: TypeInput,
    item: number | undefined,
    takes: ValueSchema,
    scope: Scope,
    value: JsonValue,
  ): { readonly kind: "placed" } | { readonly kind: "literal"; value: JsonValue | undefined; scope: Scope } {
    const { end, through, place } = this.#follow(scope, value);
    switch (end.kind) {
      case "literal":
        return end;
      case "nothing":
        return { kind: "literal", value: undefined, scope };
      case "reference":
        this.#references.push({ input: name, item, reference: end.reference, place, checks: through });
        return placed;
      case "link":
        this.#links.push({ input: name, item, scope: end.scope, source: end.node, output: end.output, takes, through });
        this.#key += item === undefined ? `${line}<${end.output}` : `${line}[${item}]<${end.output}`;
        return placed;
    }
  }
}

const placed = { kind: "placed" } as const;

function nodeTypes(catalog: NodeCatalog): (type: string) => NodeType {
  const types = new Map<string, NodeType>();
  return (name) => {
    const known = types.get(name);
    if (known) return known;
    const description = catalog.nodes[name]!;
    const { type, version, pack, inputs } = description;
    const keyText = `${type}@${version}\n${pack}:${catalog.packs[pack]?.cacheEpoch ?? 0}`;
    const made = { description, inputs: Object.entries(inputs).map(typeInput), keyText };
    types.set(name, made);
    return made;
  };
}

function typeInput([name, input]: [string, InputDescription]): TypeInput {
  return { ...input, name, line: `\n${name}` };
}

/** What a sub-workflow and those that it uses do, without what they look like. */
function usedGraphs({ workflows }: Workflow, name: JsonValue): JsonValue {
  const used: Record<string, JsonValue> = {};
  const open = typeof name === "string" ? [name] : [];
  for (const next of open) {
    const graph = own(workflows, next);
    if (!graph || own(used, next)) continue;
    const { view: _, ...rest } = graph;
    used[next] = rest as unknown as JsonValue;
    open.push(...usedSubWorkflows(graph));
  }
  return used;
}
