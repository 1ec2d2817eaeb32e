import type { JsonValue } from "@inlay/engine";
import type { ReactNode } from "react";
import { useEditor } from "../app/editor-context.ts";
import { linkSource } from "../document/links.ts";
import { t } from "../messages/translate.ts";

/** Where a linked value comes from, in a few words. */
export function SourceText({ value }: { readonly value: JsonValue | undefined }): ReactNode {
  const editor = useEditor();
  const sources = (Array.isArray(value) ? (value as readonly JsonValue[]) : [value]).flatMap((item) =>
    item === undefined ? [] : (linkSource(item) ?? []),
  );
  const [first] = sources;
  if (!first) return null;
  return (
    <span className="row-source">
      {sources.length > 1
        ? t("node.from-many", { count: sources.length })
        : t("node.from", { title: editor.title(first.node) })}
    </span>
  );
}
