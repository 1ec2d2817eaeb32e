import type { Asset, JsonValue } from "@inlay/engine";
import { maskMark } from "@inlay/engine";
import type { Editor } from "../app/editor.ts";
import type { PinnedContent } from "../document/commands/pin.ts";
import { api, readOutput } from "../server/api.ts";
import { socketKind } from "../widgets/choose-widget.ts";

/** The most bytes that an asset may carry inside of the file; what is larger lies beside it. */
const mostInside = 256 * 1024;
/** Beyond the items of every list: of a list the answer is then the whole of it, told by sizes. */
const noItem = 100_000;

/**
 * What a node gave in a run, as a file can hold it: pictures and masks as PNG with the same samples, everything else as JSON.
 * A saved file is left out: it lies where it was saved. Fails with `ApiError` for what is no longer kept.
 */
export async function madeOutputs(editor: Editor, run: string, id: string): Promise<PinnedContent> {
  const pinned: Record<string, JsonValue> = {};
  const assets: Record<string, Asset> = {};
  for (const [output, { schema }] of Object.entries(editor.describe(id)?.outputs ?? {})) {
    const kind = socketKind(schema);
    if (kind === "file") continue;
    const name = `${id}-${output}`;
    const read = (index: number) => readOutput(run, editor.runId(id), output, index);
    const keep = async (picture: Blob, called: string): Promise<JsonValue> => {
      const { sha256, asset } = await assetOf(picture, `${called}.png`, kind === "mask" ? maskMark : "");
      assets[sha256] = asset;
      return { $asset: sha256 };
    };
    const whole = await read(noItem);
    if (whole instanceof Blob) pinned[output] = await keep(whole, name);
    else if ((kind === "image" || kind === "mask") && Array.isArray(whole)) {
      const items: JsonValue[] = [];
      for (let i = 0; i < whole.length; i++) {
        const item = await read(i);
        items.push(item instanceof Blob ? await keep(item, `${name}-${i + 1}`) : item);
      }
      pinned[output] = items;
    } else pinned[output] = whole;
  }
  return { pinned, assets };
}

async function assetOf(
  picture: Blob,
  name: string,
  mark: string,
): Promise<{ readonly sha256: string; readonly asset: Asset }> {
  const bytes = new Uint8Array(await picture.arrayBuffer());
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const asset = { name, mime: `image/png${mark}`, size: bytes.length };
  if (bytes.length > mostInside)
    return { sha256, asset: { ...asset, path: await api.upload(picture, name, "pinned") } };
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return { sha256, asset: { ...asset, data: btoa(binary) } };
}
