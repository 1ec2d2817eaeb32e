import type { ReactNode } from "react";
import { t } from "../messages/translate.ts";
import { type Action, actions } from "./actions.ts";
import { Modal } from "./modal.tsx";
import { showKeys } from "./shortcuts.ts";

const mouse = [
  "help.mouse-pan",
  "help.mouse-zoom",
  "help.mouse-select",
  "help.mouse-link",
  "help.mouse-bend",
  "help.mouse-size",
  "help.mouse-snap",
] as const;

/** Every key and what the mouse does. */
export function HelpDialog({ onClose }: { onClose(): void }): ReactNode {
  return (
    <Modal title={t("help.title")} onClose={onClose}>
      <dl className="shortcuts">
        {Object.entries<Action>(actions)
          .filter(([, { keys }]) => keys.length > 0)
          .map(([name, { label, keys }]) => (
            <Shortcut key={name} label={t(label)} keys={keys} />
          ))}
      </dl>
      <h3>{t("help.mouse")}</h3>
      <ul>
        {mouse.map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
    </Modal>
  );
}

function Shortcut({ label, keys }: { readonly label: string; readonly keys: readonly string[] }): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {keys.map((key) => (
          <kbd key={key}>{showKeys(key)}</kbd>
        ))}
      </dd>
    </>
  );
}
