import type { ReactNode } from "react";
import { useEditor, useServices } from "../app/editor-context.ts";
import { namedInputOf } from "../document/commands/inputs.ts";
import type { InputPlace } from "../document/graph.ts";
import { t } from "../messages/translate.ts";
import { chooseWidget } from "../widgets/choose-widget.ts";
import type { Editor } from "../app/editor.ts";

/** Draws what a named input brings when it is strokes: its default changes, for every node that it feeds. */
export function DrawNamed({ name }: { readonly name: string }): ReactNode {
  const editor = useEditor();
  const services = useServices();
  const place = strokesFrom(editor, name);
  if (!place) return null;
  return (
    <button type="button" className="button is-small" onClick={() => services.editShape(place)}>
      {t("field.draw")}
    </button>
  );
}

function strokesFrom(editor: Editor, name: string): InputPlace | undefined {
  for (const [node, { inputs }] of Object.entries(editor.graph.nodes)) {
    const described = editor.describe(node)?.inputs ?? {};
    const input = Object.keys(inputs).find((key) => {
      const description = described[key];
      return namedInputOf(inputs[key]) === name && description && chooseWidget(description) === "strokes";
    });
    if (input !== undefined) return { node, input };
  }
  return undefined;
}
