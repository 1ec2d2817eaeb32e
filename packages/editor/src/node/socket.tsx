import { type ReactNode, useEffect, useRef } from "react";
import { useEditor, useServices } from "../app/editor-context.ts";
import { linkProblemText } from "../messages/link-problem.ts";
import { t } from "../messages/translate.ts";
import { useCell } from "../state/cell.ts";
import type { SocketKind } from "../widgets/choose-widget.ts";

export interface SocketProps {
  readonly node: string;
  readonly side: "input" | "output";
  readonly name: string;
  readonly label: string;
  readonly kind: SocketKind;
  readonly isLinked: boolean;
  /** Needs a link and has none. */
  readonly isMissing?: boolean;
}

/** A dot that links begin and end at. While a link is drawn it shows whether the link may end here. */
export function Socket({ node, side, name, label, kind, isLinked, isMissing = false }: SocketProps): ReactNode {
  const { linking } = useEditor();
  const services = useServices();
  const dot = useRef<HTMLSpanElement>(null);
  const drawing = useCell(linking);
  useEffect(() => services.canvas()?.addSocket(dot.current!, { node, side, key: name }), [services, node, side, name]);
  const isOther = drawing !== undefined && drawing.origin.side !== side;
  const problem = isOther ? drawing.judge(node, name) : undefined;
  const look =
    drawing === undefined
      ? ""
      : isOther && !problem
        ? "is-fitting"
        : isOrigin(drawing.origin, node, name, side)
          ? "is-origin"
          : "is-unfit";
  return (
    <span
      ref={dot}
      className={`socket is-${kind} ${isLinked ? "is-linked" : ""} ${isMissing ? "is-missing" : ""} ${look}`}
      data-socket={`${node}.${side}.${name}`}
      role="img"
      aria-label={t(side === "input" ? "node.input-socket" : "node.output-socket", { name: label })}
      title={problem ? linkProblemText(problem) : undefined}
    />
  );
}

function isOrigin(
  origin: { readonly node: string; readonly side: string; readonly output?: string; readonly input?: string },
  node: string,
  name: string,
  side: string,
): boolean {
  return origin.node === node && origin.side === side && (origin.output ?? origin.input) === name;
}
