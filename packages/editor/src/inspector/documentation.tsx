import { type ReactNode, useState } from "react";
import { Words } from "../app/words.tsx";
import { firstSentence } from "../messages/first-sentence.ts";
import { t } from "../messages/translate.ts";

/** Longer texts are shown by their first sentence. */
const shortLength = 140;

/** What a node's author says: its first sentence, and the rest of a long one when asked for. */
export function Documentation({ text }: { readonly text: string }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const first = text.length > shortLength ? firstSentence(text) : text;
  return (
    <>
      <Words text={isOpen ? text : first} />
      {first !== text && (
        <>
          {" "}
          <button type="button" className="link-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t(isOpen ? "inspector.less" : "inspector.more")}
          </button>
        </>
      )}
    </>
  );
}
