import type { JsonValue } from "@inlay/engine";
import type { Editor } from "../app/editor.ts";
import { namedInputOf, setInput, setNamedDefault } from "../document/commands/inputs.ts";
import type { Command, InputPlace } from "../document/graph.ts";

/** What a field shows: the node's own value, that of the named input that it follows, or its default. */
export function fieldValue(editor: Editor, { node, input }: InputPlace): JsonValue | undefined {
  const own = editor.value(node, input);
  const name = namedInputOf(own);
  if (name === undefined) return own;
  return editor.graph.inputs[name]?.default ?? editor.describe(node)?.inputs[input]?.default;
}

/** Sets what a field shows: the node's own value, or the default of the named input that the field follows. */
export function setField(editor: Editor, place: InputPlace, value: JsonValue | undefined): Command {
  const { nodes, inputs } = editor.graph;
  const name = namedInputOf(nodes[place.node]?.inputs[place.input]);
  return name !== undefined && Object.hasOwn(inputs, name) ? setNamedDefault(name, value) : setInput(place, value);
}
