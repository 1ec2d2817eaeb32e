import type { ReactNode } from "react";
import { useEditor } from "../app/editor-context.ts";
import { describeInput } from "../document/commands/interface.ts";
import { t } from "../messages/translate.ts";

const pictureTypes = ["image", "mask", "file"] as const;

interface PictureTypeProps {
  readonly name: string;
  readonly type: string;
}

/** What the file of a named input is, when it is one: a mask can be painted, and callers are told what to give. */
export function PictureType({ name, type }: PictureTypeProps): ReactNode {
  const editor = useEditor();
  if (!pictureTypes.some((one) => one === type)) return null;
  return (
    <>
      <span className="entry-label">{t("inspector.type")}</span>
      <select
        className="field-input field-choice"
        aria-label={t("inspector.picture-type", { name })}
        value={type}
        onChange={(event) => {
          const next = pictureTypes.find((one) => one === event.target.value);
          if (next) editor.run(describeInput(name, { type: next }));
        }}
      >
        {pictureTypes.map((one) => (
          <option key={one} value={one}>
            {t(`inspector.type-${one}`)}
          </option>
        ))}
      </select>
    </>
  );
}
