import type { JsonValue, WorkflowNode } from "@inlay/engine";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useEditor, useNamedInputs } from "../app/editor-context.ts";
import { namedInputOf } from "../document/commands/inputs.ts";
import { chooseWidget } from "../widgets/choose-widget.ts";

interface MaskOverlayProps {
  readonly id: string;
  readonly node: WorkflowNode;
  readonly input: string;
  /** Of the picture that is painted on, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** How long strokes must rest before they are drawn, in milliseconds. */
const rest = 120;

/** What is painted on a node's picture, over that picture: as it will come out of a run, drawn in a worker. */
export function MaskOverlay({ id, node, input, width, height }: MaskOverlayProps): ReactNode {
  const editor = useEditor();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState<ImageBitmap>();
  const own = node.inputs[input];
  const name = namedInputOf(own);
  const named = useNamedInputs();
  const strokes: JsonValue | undefined = name === undefined ? own : named[name]?.default;
  const isInverted = node.inputs["invert"] === true;
  useEffect(() => {
    let isGone = false;
    const draw = async (): Promise<void> => {
      const { drawStrokes } = await import("./draw-strokes.ts");
      const bitmap = await drawStrokes(editor, { node: id, input }, { width, height, isInverted });
      if (!isGone) setDrawn(bitmap);
    };
    // Without it the card shows the picture alone, as it does before anything is painted.
    const timer = setTimeout(() => void draw().catch(() => undefined), rest);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [editor, id, input, strokes, isInverted, width, height]);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context || !drawn) return;
    [element.width, element.height] = [drawn.width, drawn.height];
    context.drawImage(drawn, 0, 0);
    context.globalCompositeOperation = "source-in";
    context.fillStyle = getComputedStyle(element).color;
    context.fillRect(0, 0, drawn.width, drawn.height);
  }, [drawn]);
  return drawn && <canvas ref={canvas} className="node-mask" aria-hidden="true" />;
}

/** The input of a node that holds strokes. */
export function strokesInput(inputs: { readonly [name: string]: Parameters<typeof chooseWidget>[0] }) {
  return Object.entries(inputs).find(([, input]) => chooseWidget(input) === "strokes")?.[0];
}
