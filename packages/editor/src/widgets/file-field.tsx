import type { JsonValue } from "@inlay/engine";
import { referenceOf } from "@inlay/engine";
import type { ReactNode } from "react";
import { useDocument, useServices } from "../app/editor-context.ts";
import { Icon } from "../app/icon.tsx";
import { t } from "../messages/translate.ts";
import type { FieldProps } from "./field-props.ts";

/** A picture of the workspace: its name, and a button that chooses another or uploads one. */
export function FileField({ id, place, label, value, isInvalid, problemId, set, seal }: FieldProps): ReactNode {
  const services = useServices();
  const assets = useDocument("file", (editor) => editor.document.workflow.assets);
  const name = fileName(value, assets);
  const choose = (): void => {
    services.chooseFile((path) => {
      set({ $file: path });
      seal();
    });
  };
  return (
    <button
      id={id}
      type="button"
      className="field-input field-file"
      aria-label={`${label}: ${name ?? t("field.no-file")}`}
      aria-invalid={isInvalid}
      aria-describedby={problemId}
      title={name}
      data-file-node={place.node}
      data-file-input={place.input}
      onClick={choose}
    >
      <Icon name="picture" />
      <span className="field-file-name">{name?.split("/").at(-1) ?? t("field.choose-file")}</span>
    </button>
  );
}

function fileName(
  value: JsonValue | undefined,
  assets: { readonly [sha: string]: { readonly name: string } },
): string | undefined {
  const reference = value === undefined ? undefined : referenceOf(value);
  if (reference?.kind === "file") return reference.path;
  return reference?.kind === "asset" ? assets[reference.sha256]?.name : undefined;
}
