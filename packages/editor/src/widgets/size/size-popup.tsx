import { checkValue } from "@inlay/engine";
import type { ReactNode } from "react";
import type { Editor } from "../../app/editor.ts";
import { useEditor } from "../../app/editor-context.ts";
import { Popup } from "../../app/popup.tsx";
import { t } from "../../messages/translate.ts";
import { commonSizes, inShape, multiples, shapes, type Size, toMultiples, turned } from "./common-sizes.ts";
import { setSize } from "./set-size.ts";
import type { Sides } from "./sides.ts";
import type { SizePair } from "./size-pair.ts";
import "./size-popup.css";

interface SizePopupProps {
  readonly node: string;
  readonly pair: SizePair;
  readonly sides: Sides;
  readonly anchor: Element;
  onClose(): void;
}

/** Common shapes and sizes, and those of the pictures that are there. What is chosen is one step of undo. */
export default function SizePopup({ node, pair, sides, anchor, onClose }: SizePopupProps): ReactNode {
  const editor = useEditor();
  const now = wholeSize(sides);
  const isUpright = now.height > now.width;
  const pictures = pictureSizes(editor, node);
  const choose = (size: Size): void => {
    setSize(editor, node, pair, size);
    onClose();
  };
  const button = (key: string, size: Size, label: ReactNode): ReactNode => {
    const isNow = size.width === sides.width && size.height === sides.height;
    const problem = problemOf(editor, node, pair, size);
    return (
      <button
        key={key}
        type="button"
        className="size-choice"
        aria-pressed={isNow}
        disabled={problem !== undefined}
        title={problem ?? text(size)}
        onClick={() => choose(size)}
      >
        {label}
      </button>
    );
  };
  return (
    <Popup label={t("size.of", { title: editor.title(node) })} anchor={anchor} onClose={onClose}>
      <Group label={t("size.shapes")}>
        {shapes.map((shape) => {
          const [x, y] = isUpright ? [shape[1], shape[0]] : shape;
          return button(`${x}:${y}`, inShape(now, shape), <Shape {...{ x, y }} />);
        })}
      </Group>
      <Group label={t("size.change")}>
        {button("half", scaled(now, 0.5), t("size.half"))}
        {button("double", scaled(now, 2), t("size.double"))}
      </Group>
      <Group label={t("size.multiples")}>
        {multiples.map((step) => (
          <button
            key={step}
            type="button"
            className="size-choice"
            title={text(toMultiples(now, step))}
            onClick={() => choose(toMultiples(now, step))}
          >
            {step}
          </button>
        ))}
      </Group>
      {pictures.length > 0 && (
        <Group label={t("size.pictures")}>
          {pictures.map(({ id, size }) => button(id, size, `${editor.title(id)}: ${text(size)}`))}
        </Group>
      )}
      {commonSizes.map(({ label, sizes, isUpright: always }) => (
        <Group key={label} label={t(label)}>
          {sizes.map((sides) => {
            const size = turned(sides, always ?? isUpright);
            return button(text(size), size, text(size));
          })}
        </Group>
      ))}
    </Popup>
  );
}

function Group({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="size-group" role="group" aria-label={label}>
      <h3>{label}</h3>
      {children}
    </div>
  );
}

/** A shape as a small drawing with its name. */
function Shape({ x, y }: { readonly x: number; readonly y: number }): ReactNode {
  const scale = 14 / Math.max(x, y);
  return (
    <>
      <span className="size-shape" aria-hidden="true">
        <span style={{ width: x * scale, height: y * scale }} />
      </span>
      {x}:{y}
    </>
  );
}

/** What a change begins with when a side has no value. */
function wholeSize({ width, height }: Sides): Size {
  return { width: width ?? height ?? 1024, height: height ?? width ?? 1024 };
}

function scaled({ width, height }: Size, factor: number): Size {
  return { width: Math.round(width * factor), height: Math.round(height * factor) };
}

function text({ width, height }: Size): string {
  return `${width} × ${height}`;
}

/** What the engine has against a size here. */
function problemOf(editor: Editor, node: string, pair: SizePair, size: Size): string | undefined {
  const inputs = editor.describe(node)?.inputs ?? {};
  for (const side of ["width", "height"] as const) {
    const input = inputs[pair[side]];
    const [wrong] = input ? checkValue(input.schema, size[side], "literal") : [];
    if (wrong) return t("problem.expected", { expected: wrong.expected });
  }
  return undefined;
}

/** The different sizes of the picture files that are shown, that of the node itself first. */
function pictureSizes(editor: Editor, node: string): readonly { readonly id: string; readonly size: Size }[] {
  const found = new Map<string, { readonly id: string; readonly size: Size }>();
  for (const id of [...upstream(editor, node), ...editor.pictures.keys()]) {
    const picture = editor.pictures.get(id);
    // What a run made is shown smaller than it is.
    if (picture?.source !== "file") continue;
    const { width, height } = picture;
    if (!found.has(text(picture))) found.set(text(picture), { id, size: { width, height } });
  }
  return [...found.values()].slice(0, 4);
}

/** The nodes whose outputs a node is linked to, near ones first. */
function upstream(editor: Editor, node: string): readonly string[] {
  const seen = new Set([node]);
  for (const id of seen) {
    for (const link of editor.layout.linksInto(id)) seen.add(link.from.node);
    if (seen.size > 200) break;
  }
  return [...seen];
}
