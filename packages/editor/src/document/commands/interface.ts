import type { JsonValue, NamedInput, NamedOutput } from "@inlay/engine";
import type { Command } from "../graph.ts";
import { renameGiven, renameTaken } from "../uses.ts";
import { mentionsInput, namedInputOf } from "./inputs.ts";

/** Changes what a named input says of itself; undefined takes a part away. */
export function describeInput(
  name: string,
  parts: { readonly [K in keyof NamedInput]?: NamedInput[K] | undefined },
): Command {
  return {
    name: "named-input",
    apply(graph) {
      const input = graph.inputs[name];
      if (input) graph.inputs[name] = withParts(input, parts);
    },
  };
}

export function describeOutput(
  name: string,
  parts: { readonly [K in keyof NamedOutput]?: NamedOutput[K] | undefined },
): Command {
  return {
    name: "named-output",
    apply(graph) {
      const output = graph.outputs[name];
      if (output) graph.outputs[name] = withParts(output, parts);
    },
  };
}

function withParts<T extends object>(whole: T, parts: { readonly [K in keyof T]?: T[K] | undefined }): T {
  const entries = Object.entries({ ...whole, ...parts }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as T;
}

/** Gives a named input another name, wherever it is used; that of a sub-workflow also where that is given a value. */
export function renameInput(name: string, to: string): Command {
  return {
    name: "named-input",
    apply(graph, base, file) {
      if (!Object.hasOwn(base.inputs, name) || Object.hasOwn(base.inputs, to)) return;
      renameGiven(file, graph, name, to);
      graph.inputs = renamed(base.inputs, name, to);
      for (const [id, node] of Object.entries(base.nodes)) {
        for (const [input, value] of Object.entries(node.inputs)) {
          if (mentionsInput(value, name)) graph.nodes[id]!.inputs[input] = withReference(value, name, { $input: to });
        }
      }
    },
  };
}

/** Removes a named input; fields that followed it keep its default as their own value. */
export function removeInput(name: string): Command {
  return {
    name: "named-input",
    apply(graph, base) {
      const value = base.inputs[name]?.default;
      for (const [id, node] of Object.entries(base.nodes)) {
        for (const [input, given] of Object.entries(node.inputs)) {
          if (!mentionsInput(given, name)) continue;
          const next = withReference(given, name, value);
          if (next === undefined) delete graph.nodes[id]!.inputs[input];
          else graph.nodes[id]!.inputs[input] = next;
        }
      }
      delete graph.inputs[name];
    },
  };
}

function withReference<T extends JsonValue | undefined>(value: JsonValue, name: string, by: T): JsonValue | T {
  if (!Array.isArray(value)) return by;
  return (value as readonly JsonValue[]).flatMap((item) =>
    namedInputOf(item) !== name ? [item] : by === undefined ? [] : [by as JsonValue],
  );
}

/** Names an output of a node; it comes after those that are there. */
export function addOutput(name: string, output: NamedOutput): Command {
  return {
    name: "named-output",
    apply(graph, base) {
      graph.outputs[name] = { ...output, order: Object.keys(base.outputs).length + 1 };
    },
  };
}

export function renameOutput(name: string, to: string): Command {
  return {
    name: "named-output",
    apply(graph, base, file) {
      if (!Object.hasOwn(base.outputs, name) || Object.hasOwn(base.outputs, to)) return;
      renameTaken(file, graph, name, to);
      graph.outputs = renamed(base.outputs, name, to);
    },
  };
}

export function removeOutput(name: string): Command {
  return { name: "named-output", apply: (graph) => void delete graph.outputs[name] };
}

/** The same members in the same order, one of them under another key. */
function renamed<T>(record: { readonly [key: string]: T }, name: string, to: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key === name ? to : key, value]));
}

/** Puts named inputs or outputs in a new order. */
export function reorder(section: "inputs" | "outputs", names: readonly string[]): Command {
  return {
    name: section === "inputs" ? "named-input" : "named-output",
    apply(graph) {
      names.forEach((name, index) => {
        const part = graph[section][name];
        if (part && part.order !== index + 1)
          graph[section][name] = { ...part, order: index + 1 } as NamedInput & NamedOutput;
      });
    },
  };
}

/** Gives the workflow a name and a description. */
export function describeFile(parts: { readonly name?: string; readonly description?: string }): Command {
  return {
    name: "describe",
    apply(_graph, _base, file) {
      if (parts.name !== undefined) file.name = parts.name;
      if (parts.description !== undefined) file.description = parts.description;
    },
  };
}
