import type { CatalogNode, InputDescription, NamedInput, WorkflowNode } from "@inlay/engine";
import { assignable, namedInputSchema, namedInputTypes } from "@inlay/engine";
import { Fragment, type ReactNode } from "react";
import { useDocument, useEditor, useNode } from "../app/editor-context.ts";
import { Icon } from "../app/icon.tsx";
import { exposeInput, unexposeInput } from "../document/commands/inputs.ts";
import { Words } from "../app/words.tsx";
import { addOutput } from "../document/commands/interface.ts";
import { titleNode } from "../document/commands/nodes.ts";
import { freshName } from "../document/fresh-id.ts";
import { isLinked } from "../document/links.ts";
import { t } from "../messages/translate.ts";
import { FixButton } from "../run/fix-button.tsx";
import { useKeyed } from "../state/cell.ts";
import { chooseWidget } from "../widgets/choose-widget.ts";
import { sizeFrom } from "../widgets/size/size-pair.ts";
import { SizeTools } from "../widgets/size/size-tools.tsx";
import { useField } from "../widgets/use-field.ts";
import { Widget } from "../widgets/widget.tsx";
import { NamedValue } from "./named-value.tsx";
import { Documentation } from "./documentation.tsx";
import { SourceText } from "../node/source-text.tsx";

/** One node in full: every field with its documentation, what is wrong, and its outputs. */
export function NodeInspector({ id }: { readonly id: string }): ReactNode {
  const editor = useEditor();
  const node = useNode(id);
  // What concerns one field stands with the field.
  const problems = useKeyed(editor.problems.byNode, id)?.filter(({ input }) => input === undefined);
  if (!node) return null;
  const description = editor.describe(id);
  return (
    <>
      <h2>{editor.title(id)}</h2>
      {description ? (
        <p>
          <Documentation text={description.description} />
        </p>
      ) : (
        <p>{t("node.missing-hint", { type: node.type, version: node.version })}</p>
      )}
      <label className="field">
        <span>{t("inspector.title")}</span>
        <input
          className="field-input"
          value={node.title ?? ""}
          placeholder={description?.title ?? node.type}
          onChange={(event) => editor.run(titleNode(id, event.target.value), { merge: `${id}.title` })}
          onBlur={() => editor.document.seal()}
        />
      </label>
      {problems?.map((problem, index) => (
        <p key={index} className="problem-text">
          <Words text={sentences(problem.message, problem.suggestion)} />
          {problem.fix && <FixButton node={id} fix={problem.fix} />}
        </p>
      ))}
      {description && <Fields {...{ id, node, description }} />}
      {description && <Outputs {...{ id, description }} />}
      <span className="inspector-meta">
        {id} · {node.type} · {node.version}
      </span>
    </>
  );
}

function sentences(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined).join(" ");
}

interface PartProps {
  readonly id: string;
  readonly node: WorkflowNode;
  readonly description: CatalogNode;
}

function Fields({ id, node, description }: PartProps): ReactNode {
  return (
    <>
      <h3>{t("inspector.fields")}</h3>
      {Object.entries(description.inputs).map(([name, input]) => {
        const pair = sizeFrom(description.inputs, name);
        const isApart = !pair || isLinked(node.inputs[pair.width]) || isLinked(node.inputs[pair.height]);
        return (
          <Fragment key={name}>
            {!isApart && (
              <div className="inspector-size">
                <h4>{t("size.label")}</h4>
                <SizeTools node={id} pair={pair} />
              </div>
            )}
            <FieldEntry {...{ id, node, name, input }} />
          </Fragment>
        );
      })}
    </>
  );
}

interface FieldEntryProps {
  readonly id: string;
  readonly node: WorkflowNode;
  readonly name: string;
  readonly input: InputDescription;
}

function FieldEntry({ id, node, name, input }: FieldEntryProps): ReactNode {
  const field = useField(id, name, input);
  const kind = chooseWidget(input);
  const label = input.title ?? name;
  const control = `inspector-${id}-${name}`;
  const linked = isLinked(node.inputs[name]);
  return (
    <div className="field">
      <span className="inspector-line">
        <label htmlFor={control}>{label}</label>
        <span className="toolbar-space" />
        {!linked && <ExposeButton {...{ id, name, input, named: field.named }} />}
        {field.isSet && !linked && field.named === undefined && input.default !== undefined && (
          <button
            type="button"
            className="icon-button"
            aria-label={t("field.reset", { value: JSON.stringify(input.default) })}
            title={t("field.reset", { value: JSON.stringify(input.default) })}
            onClick={field.reset}
          >
            <Icon name="reset" />
          </button>
        )}
      </span>
      {kind === "socket" && field.named !== undefined ? (
        <NamedValue name={field.named} />
      ) : linked || kind === "socket" ? (
        <SourceText value={node.inputs[name]} />
      ) : (
        <Widget
          kind={kind}
          id={control}
          place={{ node: id, input: name }}
          draftKey={field.draftKey}
          label={label}
          description={input}
          value={field.value}
          isInvalid={field.problem !== undefined}
          problemId={`${control}-problem`}
          set={field.set}
          seal={field.seal}
        />
      )}
      {field.problem !== undefined && (
        <p id={`${control}-problem`} className="problem-text">
          <Words text={field.problem} />
        </p>
      )}
      {input.description !== undefined && (
        <span className="inspector-meta">
          <Documentation text={input.description} />
        </span>
      )}
    </div>
  );
}

interface ExposeButtonProps {
  readonly id: string;
  readonly name: string;
  readonly input: InputDescription;
  readonly named: string | undefined;
}

/** Turns a field into a named input of the workflow, and back. */
function ExposeButton({ id, name, input, named }: ExposeButtonProps): ReactNode {
  const editor = useEditor();
  const type = namedType(input);
  if (named === undefined && type === undefined) return null;
  const label = t(named === undefined ? "field.expose" : "field.unexpose", { field: input.title ?? name });
  const toggle = (): void => {
    const place = { node: id, input: name };
    if (named !== undefined) return void editor.run(unexposeInput(place));
    const { inputs } = editor.graph;
    const value = editor.value(id, name);
    const free = freshName(name, (wanted) => Object.hasOwn(inputs, wanted), "input");
    const declared: NamedInput = {
      type: type!,
      ...(value !== undefined && { default: value }),
      ...(input.title !== undefined && { title: input.title }),
      ...bounds(input),
      order: Object.keys(inputs).length + 1,
    };
    editor.run(exposeInput(place, free, declared));
  };
  return (
    <button
      type="button"
      className="icon-button"
      aria-pressed={named !== undefined}
      aria-label={label}
      title={label}
      onClick={toggle}
    >
      <Icon name="input" />
    </button>
  );
}

/** The type of named input that may feed an input: the first that the engine lets through. */
function namedType({ schema, widget }: InputDescription): NamedInput["type"] | undefined {
  // Strokes may lie in a file, but are a list first.
  if (widget === "strokes") return "json";
  return namedInputTypes.find((type) => {
    if (type === "json") return schema.type !== "socket" && assignable({ type: "json" }, schema);
    return assignable(
      type === "image" || type === "mask" ? { type: "socket", name: "file" } : namedInputSchema({ type }),
      schema,
    );
  });
}

function bounds({ schema }: InputDescription): Pick<NamedInput, "min" | "max" | "values"> {
  if (schema.type === "enum") return { values: schema.values };
  if (schema.type !== "integer" && schema.type !== "number") return {};
  return {
    ...(schema.min !== undefined && { min: schema.min }),
    ...(schema.max !== undefined && { max: schema.max }),
  };
}

function Outputs({ id, description }: Omit<PartProps, "node">): ReactNode {
  const editor = useEditor();
  const named = useDocument("outputs", ({ graph }) => graph.outputs);
  const nameOf = (output: string) =>
    Object.entries(named).find(([, value]) => value.node === id && value.output === output)?.[0];
  return (
    <>
      <h3>{t("node.outputs")}</h3>
      {Object.entries(description.outputs).map(([output, { title, description: about }]) => {
        const name = nameOf(output);
        return (
          <div key={output} className="field">
            <span className="inspector-line">
              <span>{title ?? output}</span>
              <span className="toolbar-space" />
              {name === undefined ? (
                <button
                  type="button"
                  className="quiet-button"
                  onClick={() =>
                    editor.run(
                      addOutput(
                        freshName(output, (wanted) => Object.hasOwn(named, wanted), "output"),
                        { node: id, output },
                      ),
                    )
                  }
                >
                  {t("inspector.name-output")}
                </button>
              ) : (
                <span className="tag">{t("inspector.named-as", { name })}</span>
              )}
            </span>
            {about !== undefined && (
              <span className="inspector-meta">
                <Documentation text={about} />
              </span>
            )}
          </div>
        );
      })}
    </>
  );
}
