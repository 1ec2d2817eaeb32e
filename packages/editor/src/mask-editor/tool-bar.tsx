import type { ReactNode } from "react";
import { t } from "../messages/translate.ts";
import { toolKeys } from "./mask-keys.ts";
import { ToolIcon } from "./tool-icon.tsx";
import { type PointerTool, pointerTools } from "./tool-settings.ts";

/** The tools, each with its key. */
export function ToolBar({
  tool,
  onChoose,
}: {
  readonly tool: PointerTool;
  onChoose(tool: PointerTool): void;
}): ReactNode {
  return (
    <div className="mask-tools" role="toolbar" aria-label={t("mask.tools")}>
      {pointerTools.map((name) => (
        <button
          key={name}
          type="button"
          className="icon-button"
          aria-label={t(`mask.${name}`)}
          aria-pressed={name === tool}
          title={`${t(`mask.${name}`)} (${toolKeys[name]})`}
          onClick={() => onChoose(name)}
        >
          <ToolIcon tool={name} />
        </button>
      ))}
    </div>
  );
}
