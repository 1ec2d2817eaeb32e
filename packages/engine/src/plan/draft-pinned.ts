import { canonicalJson, type JsonValue } from "../json.ts";
import type { CatalogNode, InputDescription } from "../node/description.ts";
import type { ValueSchema } from "../schema/value-schema.ts";
import { own } from "../workflow/own.ts";
import { isPinnedList, type PinnedOutputs } from "../workflow/pinned.ts";
import { referenceOf } from "../workflow/reference.ts";
import type { DraftNode } from "./draft-node.ts";
import type { PlannedReference } from "./plan.ts";

const file: ValueSchema = { type: "socket", name: "file" };

/**
 * Drafts a node whose outputs stand in the file. Nothing leads to it, and what its outputs refer to is resolved like a
 * node's inputs. Its key is its content: the type that the node has does not matter.
 */
export function draftPinned(id: string, of: CatalogNode, pinned: PinnedOutputs): DraftNode {
  const template: Record<string, JsonValue | undefined> = {};
  const references: PlannedReference[] = [];
  const inputs: Record<string, InputDescription> = {};
  const isList = isPinnedList(pinned, of);
  const key = [isList ? "pinned list" : "pinned"];

  /** The value, or nothing where a reference was noted. */
  const place = (output: string, item: number | undefined, value: JsonValue): JsonValue | undefined => {
    const reference = referenceOf(value);
    if (reference?.kind !== "file" && reference?.kind !== "asset") return value;
    references.push({ input: output, item, reference, place: undefined, checks: [] });
    inputs[output] = { schema: item === undefined ? file : { type: "list", items: file }, required: true };
    return undefined;
  };

  for (const output of Object.keys(pinned).toSorted()) {
    const value = pinned[output]!;
    const placed = Array.isArray(value)
      ? (value as readonly JsonValue[]).map((item, i) => place(output, i, item) ?? null)
      : place(output, undefined, value);
    template[output] = placed;
    const type = own(of.outputs, output)?.schema;
    key.push(`${output}:${canonicalJson((type ?? null) as unknown as JsonValue)}=${canonicalJson(placed ?? null)}`);
  }
  const { type, version, title, category, description, outputs, pack } = of;
  return {
    id,
    description: { type, version, title, category, description, inputs, outputs, resource: "none", pack },
    template,
    links: [],
    references,
    keyText: key.join("\n"),
    each: "zip",
    timeout: undefined,
    pinned: isList ? "list" : "one",
  };
}
