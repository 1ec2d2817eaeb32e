import { savedUrl } from "../server/api.ts";
import type { PastRun } from "../server/past-runs.ts";

/** A picture that a run saved. */
export interface GalleryPicture {
  readonly url: string;
  readonly name: string;
  /** Name and time. */
  readonly label: string;
}

/** The pictures of runs in their order; each file stands there once. */
export function galleryPictures(runs: readonly PastRun[]): readonly GalleryPicture[] {
  const found = new Map<string, GalleryPicture>();
  for (const { files, created, workflow } of runs) {
    for (const { sha256, path, mime } of files) {
      const url = savedUrl({ path, sha256 });
      if (!mime.startsWith("image/") || found.has(url)) continue;
      const name = path?.slice(path.lastIndexOf("/") + 1) ?? `${workflow.name}.png`;
      found.set(url, { url, name, label: `${name} · ${new Date(created).toLocaleString()}` });
    }
  }
  return [...found.values()];
}
