import { Fragment, type ReactNode } from "react";

/** A text of the engine: what it puts in back-ticks is code. */
export function Words({ text }: { readonly text: string }): ReactNode {
  return text
    .split("`")
    .map((part, index) =>
      index % 2 === 1 ? <code key={index}>{part}</code> : <Fragment key={index}>{part}</Fragment>,
    );
}
