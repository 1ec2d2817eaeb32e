import { type InputDescription, namedInputSchema, type NamedInput } from "@inlay/engine";
import { type ReactNode, useId } from "react";
import type { Editor } from "../app/editor.ts";
import { useDocument, useEditor, useNamedInputs, useServices } from "../app/editor-context.ts";
import { Words } from "../app/words.tsx";
import { namedInputOf, setNamedDefault } from "../document/commands/inputs.ts";
import type { InputPlace } from "../document/graph.ts";
import { t } from "../messages/translate.ts";
import { chooseWidget } from "../widgets/choose-widget.ts";
import { useProblem } from "../widgets/use-field.ts";
import { Widget } from "../widgets/widget.tsx";

/** The value of a named input, with the widget of the field that it feeds: what callers get who give none. */
export function NamedValue({ name }: { readonly name: string }): ReactNode {
  const editor = useEditor();
  const input = useNamedInputs()[name];
  useDocument("file", ({ graph }) => graph.nodes);
  const control = useId();
  const place = placeOf(editor, name) ?? { node: "", input: name };
  const description = fieldOf(editor, place) ?? plainField(input);
  const value = input?.default ?? description.default;
  const draftKey = `inputs.${name}`;
  const problem = useProblem({ value, description, draftKey });
  if (!input) return null;
  const isPixels = chooseWidget(description) === "file" && fieldOf(editor, place) === undefined;
  if (isPixels && editor.document.scope !== undefined)
    return <span className="inspector-meta">{t("inspector.from-outside")}</span>;
  return (
    <div className="named-value">
      <Widget
        kind={chooseWidget(description)}
        id={control}
        place={place}
        draftKey={draftKey}
        label={t("inspector.value", { name })}
        description={description}
        value={value}
        isInvalid={problem !== undefined}
        problemId={`${control}-problem`}
        set={(next) => editor.run(setNamedDefault(name, next), { merge: draftKey })}
        seal={() => editor.document.seal()}
      />
      {input.type === "mask" && place.node !== "" && <PaintButton place={place} />}
      {problem !== undefined && (
        <p id={`${control}-problem`} className="problem-text">
          <Words text={problem} />
        </p>
      )}
    </div>
  );
}

function PaintButton({ place }: { readonly place: InputPlace }): ReactNode {
  const services = useServices();
  return (
    <button type="button" className="button is-small" onClick={() => services.editShape(place)}>
      {t("field.paint")}
    </button>
  );
}

/** A field that follows the named input: one that can be edited rather than one that can only be linked. */
function placeOf(editor: Editor, name: string): InputPlace | undefined {
  const places = Object.entries(editor.graph.nodes).flatMap(([node, { inputs }]) =>
    Object.keys(inputs).flatMap((input) => (namedInputOf(inputs[input]) === name ? [{ node, input }] : [])),
  );
  return places.find((place) => fieldOf(editor, place)) ?? places[0];
}

/** What a field that has a widget says of itself. */
function fieldOf(editor: Editor, { node, input }: InputPlace): InputDescription | undefined {
  const description = editor.describe(node)?.inputs[input];
  return description && chooseWidget(description) !== "socket" ? description : undefined;
}

/** What is known of a value whose fields have no widget: its type. */
function plainField(input: NamedInput | undefined): InputDescription {
  return { schema: input ? namedInputSchema(input) : { type: "json" }, required: false };
}
