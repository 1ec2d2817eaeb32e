import type { ImageValue } from "@inlay/engine";
import { openInside } from "../confine.ts";
import { fileError } from "../file-error.ts";
import { relativeParts } from "../file-names.ts";
import type { PictureTools } from "../runs/runtime.ts";

/** The raw pixels of the picture file that was looked at last. */
export interface DecodedPictures {
  /** Fails with `file.*` and `image.*`. */
  get(path: string): Promise<ImageValue>;
}

/** How long pixels that nobody asks for are held, in milliseconds. */
const heldFor = 120_000;
const mostBytes = 2 ** 30;

/** Holds one picture: whoever draws on it asks for its pixels with every click, and decoding takes longer than all else. */
export function decodedPictures(root: string, { decode }: PictureTools): DecodedPictures {
  let held: { readonly version: string; readonly image: Promise<ImageValue> } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  return {
    async get(path) {
      if (relativeParts(path).some((part) => part.startsWith("."))) throw notThere(path);
      const { handle } = await openInside(root, path);
      try {
        const { size, mtimeMs, ino } = await handle.stat();
        if (size > mostBytes) throw fileError("file.too-large", { path, message: `\`${path}\` is larger than 1 GiB.` });
        const version = JSON.stringify([path, size, mtimeMs, ino]);
        if (held?.version !== version) held = { version, image: decode(await handle.readFile(), path) };
      } finally {
        await handle.close();
      }
      clearTimeout(timer);
      timer = setTimeout(() => (held = undefined), heldFor).unref();
      const { image } = held;
      image.catch(() => {
        if (held?.image === image) held = undefined;
      });
      return image;
    },
  };
}

function notThere(path: string): Error {
  return fileError("file.not-found", { path, message: `There is no file \`${path}\` in the workspace.` });
}
