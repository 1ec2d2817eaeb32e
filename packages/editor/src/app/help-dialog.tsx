import type { ReactNode } from "react";
import { enHelp } from "../messages/en-help.ts";
import { addMessages, type MessageKey, t } from "../messages/translate.ts";
import { type Action, actions } from "./actions.ts";
import { helpSections } from "./help-sections.ts";
import { Modal } from "./modal.tsx";
import { showKeys } from "./shortcuts.ts";

addMessages(enHelp);

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
export default function HelpDialog({ onClose }: { onClose(): void }): ReactNode {
  return (
    <Modal title={t("help.title")} onClose={onClose} isLarge>
      <div className="help">
        {helpSections.map(({ title, names }) => (
          <Section key={title} title={title}>
            <dl className="shortcuts">
              {names.map((name) => (
                <Shortcut key={name} {...actions[name]} />
              ))}
            </dl>
          </Section>
        ))}
        <Section title="help.mouse">
          <ul>
            {mouse.map((key) => (
              <li key={key}>{t(key)}</li>
            ))}
          </ul>
        </Section>
      </div>
    </Modal>
  );
}

function Section({ title, children }: { readonly title: MessageKey; readonly children: ReactNode }): ReactNode {
  return (
    <section>
      <h3>{t(title)}</h3>
      {children}
    </section>
  );
}

function Shortcut({ label, keys }: Pick<Action, "label" | "keys">): ReactNode {
  return (
    <>
      <dt>{t(label)}</dt>
      <dd>
        {keys.map((key) => (
          <kbd key={key}>{showKeys(key)}</kbd>
        ))}
      </dd>
    </>
  );
}
