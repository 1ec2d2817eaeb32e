import type { JsonValue } from "@inlay/engine";
import type { Editor } from "../app/editor.ts";
import { acceptItem } from "../document/commands/accept-item.ts";
import { api, outputUrl } from "../server/api.ts";

/** Not among the pictures that people put in: the next batch would take masks for photographs. */
const kept = "inputs/variations";

/**
 * Makes one item of what a node gave for a list the node's result: its seed is written at the input `seed` in the list's
 * place, and its outputs are pinned, pictures as files of the workspace, so that the node does not run again.
 */
export async function acceptVariation(
  editor: Editor,
  run: string,
  { node, index }: { readonly node: string; readonly index: number },
): Promise<void> {
  const pinned: Record<string, JsonValue> = {};
  for (const [output, { schema }] of Object.entries(editor.describe(node)?.outputs ?? {})) {
    const answer = await fetch(`${outputUrl(run, editor.runId(node), output)}?index=${index}`);
    if (!answer.ok) throw new Error(`${answer.status}`);
    pinned[output] =
      schema.type === "socket"
        ? { $file: await api.upload(await answer.blob(), `${node}-${output}.png`, kept) }
        : ((await answer.json()) as JsonValue);
  }
  editor.run(acceptItem(node, { pinned, seed: seedOf(pinned) }));
}

/** The seed that an output tells, such as Inpaint's `request`. */
function seedOf(pinned: Readonly<Record<string, JsonValue>>): number | undefined {
  for (const value of Object.values(pinned)) {
    if (typeof value !== "object" || value === null || !("seed" in value)) continue;
    if (typeof value["seed"] === "number") return value["seed"];
  }
  return undefined;
}
