import { loadSharp } from "./codec/sharp.ts";

/**
 * Starts to load the codecs when a workflow names a node type that needs them, so that they load while the workflow is
 * checked and planned. Returns at once; a codec that cannot be loaded is reported by the node that needs it.
 */
export function prefetch(types: Iterable<string>): void {
  for (const type of types) {
    if (!needsCodec(type)) continue;
    loadSharp().catch(() => undefined);
    return;
  }
}

/** Whether a node of that type decodes or encodes pictures. */
export function needsCodec(type: string): boolean {
  return codecUsers.has(type) || type.startsWith("runcomfy/");
}

const codecUsers: ReadonlySet<string> = new Set([
  "image/blur",
  "image/contact-sheet",
  "image/load",
  "image/preview",
  "image/resize",
  "image/save",
  "image/sharpen",
  "inpaint/crop-to-mask",
  "inpaint/inpaint",
  "inpaint/stitch",
  "mask/resize",
]);
