import type { ReactNode } from "react";
import { useEditor, useNamedInputs } from "../app/editor-context.ts";
import { mentionsInput } from "../document/commands/inputs.ts";
import { describeInput, removeInput, renameInput } from "../document/commands/interface.ts";
import { t } from "../messages/translate.ts";
import { inOrder, NamedEntry } from "./named-entry.tsx";
import { NamedValue } from "./named-value.tsx";
import { PictureType } from "./picture-type.tsx";
import { useStableKeys } from "./use-stable-keys.ts";

/** What callers can set, with the value that counts when they do not. */
export function NamedInputs(): ReactNode {
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
            <NamedEntry
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
            >
              <span className="entry-label">{t("inspector.default")}</span>
              <NamedValue name={name} />
              <PictureType name={name} type={input.type} />
            </NamedEntry>
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
