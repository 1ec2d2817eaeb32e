import type { ReactNode } from "react";
import { useEditor } from "../app/editor-context.ts";
import { Icon } from "../app/icon.tsx";
import { reorder } from "../document/commands/interface.ts";
import type { Command } from "../document/graph.ts";
import { t } from "../messages/translate.ts";
import { NameField } from "./name-field.tsx";

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
  /** What else there is to set, as a label and a control. */
  readonly children?: ReactNode;
  readonly removeLabel: string;
  onRename(to: string): Command;
  onRemove(): Command;
  onDescribe(parts: Described): Command;
}

/** A named input or output: its name, its place among the others, and what it says of itself. */
export function NamedEntry(props: EntryProps): ReactNode {
  const { name, index, names, section, title, about, meta } = props;
  const editor = useEditor();
  const move = (by: number): void => {
    const order = names.toSpliced(index, 1);
    editor.run(reorder(section, order.toSpliced(index + by, 0, name)));
  };
  const describe = (key: "title" | "description", label: string, value: string | undefined): ReactNode => (
    <>
      <span className="entry-label">{label}</span>
      <input
        className="field-input"
        aria-label={`${name}: ${label}`}
        value={value ?? ""}
        onChange={(event) =>
          editor.run(props.onDescribe({ [key]: event.target.value || undefined }), {
            merge: `${section}.${name}.${key}`,
          })
        }
        onBlur={() => editor.document.seal()}
      />
    </>
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
      <div className="entry-parts">
        {props.children}
        {describe("title", t("inspector.title"), title)}
        {describe("description", t("inspector.description"), about)}
      </div>
      <span className="inspector-meta">{meta}</span>
    </>
  );
}

/** Named inputs or outputs in their order. */
export function inOrder<T extends { readonly order?: number }>(record: {
  readonly [name: string]: T;
}): (readonly [string, T])[] {
  return Object.entries(record).sort(([, a], [, b]) => (a.order ?? Infinity) - (b.order ?? Infinity) || 0);
}
