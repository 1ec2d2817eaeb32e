import { isJsonObject, type JsonValue } from "@inlay/engine";
import { outputUrl, previewUrl } from "../server/api.ts";
import type { RunDetail } from "../server/past-runs.ts";
import type { ViewedPicture } from "../viewer/viewed-pictures.ts";

/** A picture that a node gave in a run. */
export interface ShownOutput extends ViewedPicture {
  /** The address of a small copy. */
  readonly small: string;
}

/** Of longer lists the first are shown. */
const mostItems = 200;

/** The pictures and masks that the nodes of a run gave; of a list each item. */
export function shownOutputs({ id, nodes }: RunDetail): readonly ShownOutput[] {
  return nodes.flatMap(({ node, outputs = {} }) =>
    Object.entries(outputs).flatMap(([output, summary]) => picturesOf(id, node, output, summary as JsonValue)),
  );
}

function picturesOf(run: string, node: string, output: string, summary: JsonValue): readonly ShownOutput[] {
  const label = `${node} · ${output}`;
  const kind = isJsonObject(summary) ? summary["type"] : undefined;
  if (kind === "image" || kind === "mask") {
    const url = outputUrl(run, node, output);
    return [{ key: `${node}.${output}`, label, url, small: previewUrl(run, node, output), kind }];
  }
  const { length, items } = isJsonObject(summary) ? summary : {};
  if (kind !== "list" || typeof length !== "number" || (items !== "image" && items !== "mask")) return [];
  return Array.from({ length: Math.min(length, mostItems) }, (_, index) => ({
    key: `${node}.${output}.${index}`,
    label: `${label} ${index + 1}`,
    url: outputUrl(run, node, output, index),
    small: previewUrl(run, node, output, index),
    kind: items,
  }));
}
