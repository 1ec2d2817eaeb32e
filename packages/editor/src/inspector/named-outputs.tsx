import type { ReactNode } from "react";
import { useDocument } from "../app/editor-context.ts";
import { describeOutput, removeOutput, renameOutput } from "../document/commands/interface.ts";
import { t } from "../messages/translate.ts";
import { inOrder, NamedEntry } from "./named-entry.tsx";
import { useStableKeys } from "./use-stable-keys.ts";

/** What the workflow gives back. */
export function NamedOutputs(): ReactNode {
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
            <NamedEntry
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
