import type { JsonValue } from "@inlay/engine";
import type { Editor } from "../app/editor.ts";
import { namedInputOf, setInput, setNamedDefault } from "../document/commands/inputs.ts";
import type { Command, InputPlace } from "../document/graph.ts";

/** Sets what a field shows: the node's own value, or the default of the named input that the field follows. */
export function setField(editor: Editor, place: InputPlace, value: JsonValue | undefined): Command {
  const { nodes, inputs } = editor.graph;
  const name = namedInputOf(nodes[place.node]?.inputs[place.input]);
  return name !== undefined && Object.hasOwn(inputs, name) ? setNamedDefault(name, value) : setInput(place, value);
}
