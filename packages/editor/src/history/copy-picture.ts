import { toast } from "../app/toasts.tsx";
import { t } from "../messages/translate.ts";
import { loadPixels } from "../viewer/pixels.ts";

/** Puts the picture behind an address on the clipboard, as PNG: other types no browser takes. */
export async function copyPicture(url: string): Promise<void> {
  try {
    // Safari wants the promise within the click.
    await navigator.clipboard.write([new ClipboardItem({ "image/png": asPng(url) })]);
    toast(t("viewer.copied"));
  } catch {
    toast(t("viewer.not-copied"), true);
  }
}

async function asPng(url: string): Promise<Blob> {
  const pixels = await loadPixels(url);
  const canvas = new OffscreenCanvas(pixels.width, pixels.height);
  canvas.getContext("2d")!.drawImage(pixels.bitmap, 0, 0);
  pixels.close();
  return canvas.convertToBlob({ type: "image/png" });
}
