const measured = new Map<string, string>();

/** A text cut to a width of the canvas in its present font, with an ellipsis where it was longer. */
export function fitText(context: CanvasRenderingContext2D, text: string, width: number): string {
  const key = `${context.font}\n${Math.round(width)}\n${text}`;
  const known = measured.get(key);
  if (known !== undefined) return known;
  if (measured.size > 4000) measured.clear();
  const fitted = cut(context, text, width);
  measured.set(key, fitted);
  return fitted;
}

function cut(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let [fits, tooLong] = [0, text.length];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= width) fits = middle;
    else tooLong = middle;
  }
  return fits === 0 ? "" : `${text.slice(0, fits).trimEnd()}…`;
}

/** A text in lines of a width, as many as have room; the last is cut. */
export function wrapText(context: CanvasRenderingContext2D, text: string, width: number, most: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && context.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  lines.push(line);
  const kept = lines.slice(0, Math.max(1, most));
  if (kept.length < lines.length) kept[kept.length - 1] = `${kept.at(-1)} …`;
  return kept.map((each) => fitText(context, each, width));
}
