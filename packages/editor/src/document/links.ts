import { isJsonObject, type JsonValue, referenceOf, type WorkflowGraph, type WorkflowNode } from "@inlay/engine";
import type { InputPlace, OutputPlace } from "./graph.ts";

/** One link of a graph. */
export interface Link {
  /** `node.input`, or `node.input[i]` for an item of a list: what the file's view calls it. */
  readonly id: string;
  readonly from: OutputPlace;
  readonly to: InputPlace;
  /** Which item of a list it is. */
  readonly index?: number;
}

/** A link in little room: a large graph has thousands, and few of them are ever asked for their name. */
class PackedLink implements Link {
  readonly #node: string;
  readonly #output: string;
  readonly #user: string;
  readonly #input: string;
  readonly index?: number;

  constructor({ node, output }: OutputPlace, user: string, input: string, index?: number) {
    this.#node = node;
    this.#output = output;
    this.#user = user;
    this.#input = input;
    if (index !== undefined) this.index = index;
  }

  get id(): string {
    return this.index === undefined ? `${this.#user}.${this.#input}` : `${this.#user}.${this.#input}[${this.index}]`;
  }

  get from(): OutputPlace {
    return { node: this.#node, output: this.#output };
  }

  get to(): InputPlace {
    return { node: this.#user, input: this.#input };
  }
}

/** The node that a link leads to, by the link's id. */
export function userOf(link: string): string {
  return link.slice(0, link.indexOf("."));
}

/** The links that lead into a node, in the order of its inputs. */
export function linksInto(id: string, node: WorkflowNode): readonly Link[] {
  const links: Link[] = [];
  for (const input of Object.keys(node.inputs)) {
    const value = node.inputs[input]!;
    if (Array.isArray(value)) {
      (value as readonly JsonValue[]).forEach((item, index) => {
        const from = linkSource(item);
        if (from) links.push(new PackedLink(from, id, input, index));
      });
    } else {
      const from = linkSource(value);
      if (from) links.push(new PackedLink(from, id, input));
    }
  }
  // A copy has no room to grow: thousands of these lists are kept.
  return links.length === 0 ? none : links.slice();
}

const none: readonly Link[] = [];

/** Where a value comes from when it is a link. */
export function linkSource(value: JsonValue): OutputPlace | undefined {
  if (!isJsonObject(value) || !Object.hasOwn(value, "$link")) return undefined;
  const reference = referenceOf(value);
  return reference?.kind === "link" ? { node: reference.node, output: reference.output } : undefined;
}

/** The value that links an input to an output. */
export function linkValue({ node, output }: OutputPlace): JsonValue {
  return { $link: [node, output] };
}

/** Whether a value holds a link, itself or as an item. */
export function isLinked(value: JsonValue | undefined): boolean {
  if (value === undefined) return false;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).some((item) => linkSource(item) !== undefined);
  return linkSource(value) !== undefined;
}

/** Every link of a graph. */
export function allLinks(graph: WorkflowGraph): readonly Link[] {
  return Object.entries(graph.nodes).flatMap(([id, node]) => linksInto(id, node));
}

/**
 * A value with its links sent elsewhere: `redirect` gives the new source, or undefined to drop the link. Items of a list
 * that lose their link are taken out. The result is undefined when nothing is left, and the same value when none changed.
 */
export function redirectLinks(
  value: JsonValue,
  redirect: (from: OutputPlace) => OutputPlace | undefined,
): JsonValue | undefined {
  if (!Array.isArray(value)) {
    const from = linkSource(value);
    if (!from) return value;
    const to = redirect(from);
    if (to === from) return value;
    return to && linkValue(to);
  }
  const items = value as readonly JsonValue[];
  if (!items.some((item) => linkSource(item))) return value;
  const kept = items.flatMap((item) => {
    const next = redirectLinks(item, redirect);
    return next === undefined ? [] : [next];
  });
  if (kept.length === items.length && kept.every((item, i) => item === items[i])) return value;
  return kept.length === 0 ? undefined : kept;
}
