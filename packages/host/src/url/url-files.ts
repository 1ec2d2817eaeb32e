import type { ArtifactStore, FileRef } from "@inlay/engine";
import { lazy } from "../lazy.ts";
import { shownUrl, urlError } from "./url-error.ts";
import type { UrlFetcher } from "./url-fetcher.ts";

/** The files of the web, for the runs of one workspace. */
export interface UrlFiles {
  /** Fetches a URL and keeps its content as an artifact. Rejects with `url.*` codes. */
  import(url: string, signal?: AbortSignal): Promise<FileRef>;
  close(): Promise<void>;
}

/** Whether a person or a workflow means a URL and not a path. */
export function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

/** Makes them; what fetches is loaded when the first URL is asked for. */
export function urlFiles(artifacts: ArtifactStore, open: () => Promise<UrlFetcher> = openFetcher): UrlFiles {
  const fetcher = lazy(open);
  const shut = lazy(async () => (await fetcher.made())?.close());
  return {
    async import(url, signal) {
      signal?.throwIfAborted();
      const bytes = await (await fetcher.get()).fetch(url, signal);
      if (bytes.byteLength === 0) {
        throw urlError("url.empty", { shown: shownUrl(url), message: `\`${shownUrl(url)}\` is empty.` });
      }
      const { sha256, size } = await artifacts.put(bytes, { mime: "application/octet-stream" });
      return { kind: "file", name: nameOf(url), sha256, size };
    },
    close: () => shut.get(),
  };
}

async function openFetcher(): Promise<UrlFetcher> {
  const { urlFetcher } = await import("./url-fetcher.ts");
  return urlFetcher();
}

/** The last part of the URL's path, as a file's name; the host's name when there is none. */
function nameOf(url: string): string {
  const { pathname, hostname } = new URL(url);
  const last = decode(pathname.split("/").at(-1) ?? "");
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  return last.replaceAll(/[\u0000-\u001f\u007f/\\]/g, "_").slice(0, 200) || hostname;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
