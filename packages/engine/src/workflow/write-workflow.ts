import { isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import type { Workflow } from "./workflow.ts";

/** Literals that are longer than this are broken into lines, unless they hold scalars only. */
const longestLine = 100;

/**
 * The canonical text of a workflow: fixed key order, two-space indent, one line for each input of a node, each named
 * input and output, each asset and each node's place in the view; points and strokes of a longer literal on one line
 * each. Keys that this version does not know come last, in their order.
 *
 * Writing what was read from a file that this function wrote gives the same bytes.
 */
export function writeWorkflow(workflow: Workflow): string {
  return `${workflowLayout(workflow as unknown as JsonObject, "")}\n`;
}

/** Writes a value whose first line is already indented; `indent` stands before its further lines. */
type Layout = (value: JsonValue, indent: string) => string;

/** Everything on one line: `{ "x": 1, "y": [2, 3] }`. */
const inline: Layout = (value) => {
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map((item) => inline(item, "")).join(", ")}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).flatMap(([key, part]) => (part === undefined ? [] : member(key, part, inline)));
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
};

function member(key: string, value: JsonValue, layout: Layout, indent = ""): string {
  return `${JSON.stringify(key)}: ${layout(value, indent)}`;
}

/** On one line while it is short or holds scalars only; else a line for each item, and for each member in turn. */
const free: Layout = (value, indent) => {
  const text = inline(value, indent);
  const fits = indent.length + text.length <= longestLine;
  if (fits || typeof value !== "object" || value === null) return text;
  if (isJsonObject(value)) return entries(free)(value, indent);
  const items = value as readonly JsonValue[];
  return items.every(isScalar)
    ? text
    : lines(
        "[",
        items.map((item) => inline(item, "")),
        "]",
        indent,
      );
};

function isScalar(value: JsonValue): boolean {
  return typeof value !== "object" || value === null;
}

/** One line, beginning with the given keys. */
function line(...order: readonly string[]): Layout {
  return (value, indent) => inline(isJsonObject(value) ? sortKeys(value, order) : value, indent);
}

/** An object with the given keys first, each with its own layout, and all others after them. */
function block(fields: { readonly [key: string]: Layout }): Layout {
  const order = Object.keys(fields);
  return (value, indent) => {
    if (!isJsonObject(value)) return free(value, indent);
    return members(sortKeys(value, order), indent, (key) => (Object.hasOwn(fields, key) && fields[key]) || free);
  };
}

/** An object with a line, or several, for each member. */
function entries(layout: Layout): Layout {
  return (value, indent) => (isJsonObject(value) ? members(value, indent, () => layout) : free(value, indent));
}

function members(value: JsonObject, indent: string, layoutOf: (key: string) => Layout): string {
  const inner = `${indent}  `;
  const parts = Object.entries(value).flatMap(([key, part]) =>
    part === undefined ? [] : member(key, part, layoutOf(key), inner),
  );
  return lines("{", parts, "}", indent);
}

function lines(open: string, parts: readonly string[], close: string, indent: string): string {
  if (parts.length === 0) return open + close;
  return `${open}\n${parts.map((part) => `${indent}  ${part}`).join(",\n")}\n${indent}${close}`;
}

function sortKeys(value: JsonObject, order: readonly string[]): JsonObject {
  const first = order.filter((key) => Object.hasOwn(value, key)).map((key) => [key, value[key] as JsonValue] as const);
  return { ...Object.fromEntries(first), ...value };
}

// The format, part by part

const node = block({
  type: inline,
  version: inline,
  title: inline,
  disabled: inline,
  each: inline,
  timeout: inline,
  inputs: entries(free),
  pinned: entries(free),
});

const graph = {
  inputs: entries(line("type", "default", "title", "description", "order", "min", "max", "values")),
  outputs: entries(line("node", "output", "title", "description", "order")),
};

const view = block({ nodes: entries(inline), links: entries(inline), frames: free, notes: free });

const workflowLayout = block({
  $schema: inline,
  inlay: inline,
  name: inline,
  description: inline,
  ...graph,
  packs: entries(inline),
  assets: entries(line("name", "mime", "size", "path", "data")),
  nodes: entries(node),
  workflows: entries(block({ ...graph, nodes: entries(node), view })),
  view,
});
