import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Editor } from "../app/editor.ts";
import { useDocument } from "../app/editor-context.ts";
import type { Point } from "../document/graph.ts";
import { t } from "../messages/translate.ts";
import { NodeCard } from "../node/node-card.tsx";
import { Board } from "./board.tsx";
import { Canvas } from "./canvas.ts";
import { Gestures } from "./gestures.ts";
import { PortalHub, Portals } from "./rete/portal-hub.tsx";

interface CanvasViewProps {
  /** What stands on a canvas without nodes, below its first words. */
  readonly empty?: ReactNode;
  readonly editor: Editor;
  /** Hands the canvas out when it is there, and takes it back. */
  onCanvas(canvas: Canvas | undefined): void;
  onSearch(at: Point): void;
}

/** The canvas in the page. */
export function CanvasView({ editor, empty, onCanvas, onSearch }: CanvasViewProps): ReactNode {
  const container = useRef<HTMLDivElement>(null);
  const [hub] = useState(() => new PortalHub());
  const [canvas, setCanvas] = useState<Canvas>();
  const count = useDocument("file", ({ layout }) => layout.size);
  const handlers = useRef({ onCanvas, onSearch });
  handlers.current = { onCanvas, onSearch };

  useEffect(() => {
    let gestures: Gestures | undefined;
    const made = new Canvas(editor, container.current!, hub, {
      gestures: (of) => (gestures = new Gestures(editor, of, { search: (at) => handlers.current.onSearch(at) })),
      render: (id) => <NodeCard id={id} />,
    });
    handlers.current.onCanvas(made);
    setCanvas(made);
    return () => {
      gestures?.stop();
      handlers.current.onCanvas(undefined);
      made.destroy();
    };
  }, [editor, hub]);

  return (
    <div className="canvas-frame">
      <div
        ref={container}
        className="canvas"
        role="application"
        tabIndex={0}
        aria-label={t("canvas.label", { nodes: count })}
      />
      {canvas && <Board canvas={canvas} />}
      <Portals hub={hub} />
      {count === 0 && (
        <div className="canvas-empty">
          <strong>{t("canvas.empty")}</strong>
          {empty ?? <span>{t("canvas.empty-hint")}</span>}
        </div>
      )}
    </div>
  );
}
