import type { Diagnostic } from "@inlay/engine";
import type { ReactNode } from "react";
import { useDocument, useEditor, useNamedInputs, useServices } from "../app/editor-context.ts";
import { goToFinding } from "../app/go-to.ts";
import { Icon } from "../app/icon.tsx";
import { Words } from "../app/words.tsx";
import { mentionsInput } from "../document/commands/inputs.ts";
import {
  describeFile,
  describeInput,
  describeOutput,
  removeInput,
  removeOutput,
  renameInput,
  renameOutput,
  reorder,
} from "../document/commands/interface.ts";
import type { Command } from "../document/graph.ts";
import { t } from "../messages/translate.ts";
import { DrawNamed } from "./draw-named.tsx";
import { useCell } from "../state/cell.ts";
import { NameField } from "./name-field.tsx";
import { useStableKeys } from "./use-stable-keys.ts";

/** The workflow itself: its name, what callers can set and get, and what is wrong with it. */
export function WorkflowInspector(): ReactNode {
  const editor = useEditor();
  const name = useDocument("file", ({ document }) => document.workflow.name ?? "");
  const description = useDocument("file", ({ document }) => document.workflow.description ?? "");
  const scope = useDocument("file", ({ document }) => document.scope);
  if (scope !== undefined) {
    return (
      <>
        <h2>{t("inspector.sub-workflow", { name: scope })}</h2>
        <NamedInputs />
        <NamedOutputs />
        <ProblemList />
      </>
    );
  }
  return (
    <>
      <h2>{t("inspector.workflow")}</h2>
      <label className="field">
        <span>{t("inspector.name")}</span>
        <input
          className="field-input"
          value={name}
          onChange={(event) => editor.run(describeFile({ name: event.target.value }), { merge: "file.name" })}
          onBlur={() => editor.document.seal()}
        />
      </label>
      <label className="field">
        <span>{t("inspector.description")}</span>
        <textarea
          className="field-input field-area"
          value={description}
          onChange={(event) =>
            editor.run(describeFile({ description: event.target.value }), { merge: "file.description" })
          }
          onBlur={() => editor.document.seal()}
        />
      </label>
      <NamedInputs />
      <NamedOutputs />
      <ProblemList />
    </>
  );
}

function inOrder<T extends { readonly order?: number }>(record: {
  readonly [name: string]: T;
}): (readonly [string, T])[] {
  return Object.entries(record).sort(([, a], [, b]) => (a.order ?? Infinity) - (b.order ?? Infinity) || 0);
}

function NamedInputs(): ReactNode {
  const editor = useEditor();
  const inputs = inOrder(useNamedInputs());
  const keys = useStableKeys();
  const names = inputs.map(([name]) => name);
  return (
    <>
      <h3>{t("inspector.inputs")}</h3>
      <p>{inputs.length === 0 ? t("inspector.no-inputs") : t("inspector.inputs-hint")}</p>
      <ul className="inspector-list">
        {inputs.map(([name, input], index) => (
          <li key={keys.of(name)}>
            <Entry
              name={name}
              index={index}
              names={names}
              section="inputs"
              title={input.title}
              about={input.description}
              meta={`${input.type} · ${feeds(editor, name)}`}
              removeLabel={t("inspector.remove-input", { name })}
              onRename={(to) => {
                keys.rename(name, to);
                return renameInput(name, to);
              }}
              onRemove={() => removeInput(name)}
              onDescribe={(parts) => describeInput(name, parts)}
            />
            <DrawNamed name={name} />
          </li>
        ))}
      </ul>
    </>
  );
}

function feeds({ graph }: ReturnType<typeof useEditor>, name: string): string {
  const places = Object.entries(graph.nodes).flatMap(([id, { inputs }]) =>
    Object.values(inputs).some((value) => mentionsInput(value, name)) ? [id] : [],
  );
  return t("inspector.feeds", { places: places.join(", ") || "–" });
}

function NamedOutputs(): ReactNode {
  const outputs = inOrder(useDocument("outputs", ({ graph }) => graph.outputs));
  const keys = useStableKeys();
  const names = outputs.map(([name]) => name);
  return (
    <>
      <h3>{t("inspector.outputs")}</h3>
      <p>{outputs.length === 0 ? t("inspector.no-outputs") : t("inspector.outputs-hint")}</p>
      <ul className="inspector-list">
        {outputs.map(([name, output], index) => (
          <li key={keys.of(name)}>
            <Entry
              name={name}
              index={index}
              names={names}
              section="outputs"
              title={output.title}
              about={output.description}
              meta={`${output.node} · ${output.output}`}
              removeLabel={t("inspector.remove-output", { name })}
              onRename={(to) => {
                keys.rename(name, to);
                return renameOutput(name, to);
              }}
              onRemove={() => removeOutput(name)}
              onDescribe={(parts) => describeOutput(name, parts)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

/** What an entry says of itself; undefined takes it away. */
interface Described {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
}

interface EntryProps {
  readonly name: string;
  readonly index: number;
  readonly names: readonly string[];
  readonly section: "inputs" | "outputs";
  readonly title: string | undefined;
  readonly about: string | undefined;
  readonly meta: string;
  readonly removeLabel: string;
  onRename(to: string): Command;
  onRemove(): Command;
  onDescribe(parts: Described): Command;
}

function Entry(props: EntryProps): ReactNode {
  const { name, index, names, section, title, about, meta } = props;
  const editor = useEditor();
  const move = (by: number): void => {
    const order = names.toSpliced(index, 1);
    editor.run(reorder(section, order.toSpliced(index + by, 0, name)));
  };
  const describe = (key: "title" | "description", label: string, value: string | undefined): ReactNode => (
    <input
      className="field-input"
      aria-label={`${name}: ${label}`}
      placeholder={label}
      value={value ?? ""}
      onChange={(event) =>
        editor.run(props.onDescribe({ [key]: event.target.value || undefined }), { merge: `${section}.${name}.${key}` })
      }
      onBlur={() => editor.document.seal()}
    />
  );
  return (
    <>
      <div className="inspector-line">
        <NameField
          name={name}
          label={`${name}: ${t("inspector.name")}`}
          isTaken={(wanted) => names.includes(wanted)}
          onRename={(to) => editor.run(props.onRename(to))}
        />
        <button
          type="button"
          className="icon-button"
          disabled={index === 0}
          aria-label={t("inspector.up", { name })}
          onClick={() => move(-1)}
        >
          <Icon name="up" />
        </button>
        <button
          type="button"
          className="icon-button"
          disabled={index === names.length - 1}
          aria-label={t("inspector.down", { name })}
          onClick={() => move(1)}
        >
          <Icon name="down" />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={props.removeLabel}
          onClick={() => editor.run(props.onRemove())}
        >
          <Icon name="trash" />
        </button>
      </div>
      {describe("title", t("inspector.title"), title)}
      {describe("description", t("inspector.description"), about)}
      <span className="inspector-meta">{meta}</span>
    </>
  );
}

function ProblemList(): ReactNode {
  const editor = useEditor();
  const problems = useCell(editor.problems.all);
  return (
    <>
      <h3>{t("inspector.problems")}</h3>
      {problems.length === 0 && <p>{t("inspector.no-problems")}</p>}
      <ul className="inspector-list">
        {problems.slice(0, 50).map((problem, index) => (
          <ProblemButton key={index} problem={problem} />
        ))}
      </ul>
    </>
  );
}

function ProblemButton({ problem }: { readonly problem: Diagnostic }): ReactNode {
  const editor = useEditor();
  const services = useServices();
  return (
    <button
      type="button"
      className={`problem-button is-${problem.severity}`}
      onClick={() => goToFinding(editor, services, problem)}
    >
      <Words text={problem.message} />
      {problem.suggestion !== undefined && (
        <small>
          <Words text={problem.suggestion} />
        </small>
      )}
    </button>
  );
}
