import type { Editor } from "../app/editor.ts";
import { connect, setInput } from "../document/commands/inputs.ts";
import { addNode } from "../document/commands/nodes.ts";
import { freshId } from "../document/fresh-id.ts";
import type { InputPlace } from "../document/graph.ts";
import { together } from "../document/steps.ts";

const type = "value/seeds";

/** Whether a seed can become several: the node that makes them is installed, and the seed is not its own. */
export function canVary(editor: Editor, { node }: InputPlace): boolean {
  const { nodes } = editor.graph;
  return Object.hasOwn(editor.known.nodes, type) && Object.hasOwn(nodes, node) && nodes[node]!.type !== type;
}

/**
 * Makes several seeds of a field's: a node of them, linked to the field, that begins with the seed that was there. Everything
 * behind the field then runs once for each. One step of undo.
 */
export function addVariations(editor: Editor, place: InputPlace): void {
  const description = editor.known.nodes[type];
  const box = editor.layout.box(place.node);
  if (!description || !box) return;
  const { nodes } = editor.graph;
  const id = freshId(type, (taken) => Object.hasOwn(nodes, taken));
  const seed = nodes[place.node]?.inputs[place.input];
  const at = { x: box.x - 300, y: box.y + box.h - 140 };
  editor.document.seal();
  editor.run(
    together("add", [
      addNode({ id, description, at, packs: editor.known.packs }),
      setInput({ node: id, input: "seed" }, seed),
      connect({ node: id, output: "seeds" }, place, editor.describe(place.node)?.inputs[place.input]),
    ]),
  );
  editor.selection.set([id]);
}
