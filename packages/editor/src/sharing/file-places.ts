import type { JsonValue } from "@inlay/engine";
import type { Editor } from "../app/editor.ts";
import { namedInputOf, setInput, setNamedDefault } from "../document/commands/inputs.ts";
import type { Command, InputPlace } from "../document/graph.ts";
import { isLinked } from "../document/links.ts";
import { chooseWidget } from "../widgets/choose-widget.ts";

/** The field for a picture that lies under an element: the field itself, or that of the node which it is part of. */
export function filePlaceAt(editor: Editor, target: EventTarget | null): InputPlace | undefined {
  if (!(target instanceof Element)) return undefined;
  const field = target.closest<HTMLElement>("[data-file-node]")?.dataset;
  if (field?.["fileNode"] !== undefined) return { node: field["fileNode"], input: field["fileInput"] ?? "" };
  const node = target.closest<HTMLElement>("[data-node]")?.dataset["node"];
  if (node === undefined) return undefined;
  const inputs = Object.entries(editor.describe(node)?.inputs ?? {});
  const given = editor.graph.nodes[node]?.inputs ?? {};
  const file = inputs.find(([name, input]) => chooseWidget(input) === "file" && !isLinked(given[name]));
  return file && { node, input: file[0] };
}

/** Writes what a field shows: its own value, or the default of the named input that it follows. */
export function setField({ graph }: Editor, place: InputPlace, value: JsonValue): Command {
  const name = namedInputOf(graph.nodes[place.node]?.inputs[place.input]);
  return name !== undefined && Object.hasOwn(graph.inputs, name)
    ? setNamedDefault(name, value)
    : setInput(place, value);
}
