import { type ReactNode, useEffect, useRef } from "react";
import { t } from "../messages/translate.ts";
import type { Canvas } from "./canvas.ts";

/** The minimap, beside the canvas: nothing lies over nodes. */
export function MinimapView({ canvas }: { readonly canvas: Canvas }): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    canvas.setMinimap(element.current!);
    return () => canvas.setMinimap(undefined);
  }, [canvas]);
  return <div ref={element} className="minimap" role="img" aria-label={t("canvas.minimap")} />;
}
