import { valueOf } from "./asked.ts";
import type { Downloader, JobFile } from "./download.ts";
import { RunComfyError } from "./errors.ts";
import { askOutput, type JobOutput } from "./job-output.ts";
import { problem } from "./problem.ts";
import type { Service } from "./service.ts";

/** What a completed job's files are fetched with. */
export interface FetchOptions {
  readonly service: Service;
  readonly downloader: Downloader;
  readonly requestId: string;
  readonly signal: AbortSignal;
  /** `any` takes images before videos. */
  readonly kind: OutputKind | "any";
}

/** What a job is asked to give. */
type OutputKind = "images" | "videos";

type KnownOptions = FetchOptions & { readonly kind: OutputKind };

/** A job that orders a few pictures gets no more than these; a list without end would fill the memory. */
const MOST_FILES = 16;

/**
 * Downloads a completed job's images or videos, one after the other. URLs that have expired are asked for afresh once.
 * Throws `remote.output` for a job without any or with more than 16, and what `Downloader` throws.
 */
export async function fetchFiles(given: FetchOptions, output: JobOutput): Promise<readonly JobFile[]> {
  const found = output.images.length > 0 || output.videos.length === 0 ? "images" : "videos";
  const options = { ...given, kind: given.kind === "any" ? found : given.kind };
  const { downloader, signal, kind } = options;
  checkOutput(options, output);
  const files: JobFile[] = [];
  let urls = output[kind];
  let refreshed = false;
  while (files.length < urls.length) {
    try {
      files.push(await downloader.download(urls[files.length] ?? "", signal, kind));
    } catch (error) {
      if (!isExpired(error) || refreshed) throw withRequest(error, options.requestId);
      refreshed = true;
      urls = await freshUrls(options, urls.length);
    }
  }
  return files;
}

async function freshUrls(
  { service, requestId, signal, kind }: KnownOptions,
  count: number,
): Promise<readonly string[]> {
  try {
    const urls = valueOf(await askOutput(service, requestId, signal))[kind];
    if (urls.length === count) return urls;
  } catch (error) {
    if (!(error instanceof RunComfyError) || error.code !== "remote.lost") throw error;
  }
  throw problem("remote.expired", { ending: "lost", requestId });
}

function checkOutput({ requestId, kind }: KnownOptions, output: JobOutput): void {
  const count = output[kind].length;
  if (count > 0 && count <= MOST_FILES) return;
  const what = count > 0 ? `its output holds ${count} ${kind}, more than ${MOST_FILES}.` : instead(kind, output);
  throw problem("remote.output", { ending: "failed", requestId, summary: `The job is complete, but ${what}` });
}

function instead(kind: OutputKind, { images, videos }: JobOutput): string {
  if (kind === "videos")
    return images.length > 0 ? "its output is an image, not a video." : "its output holds no video.";
  return videos.length > 0 ? "its output is a video, not an image." : "its output holds no image.";
}

function isExpired(error: unknown): boolean {
  return error instanceof RunComfyError && error.code === "remote.expired";
}

function withRequest(error: unknown, requestId: string): unknown {
  if (!(error instanceof RunComfyError)) return error;
  return new RunComfyError({ ...error.data, requestId }, { summary: error.summary, cause: error.cause });
}
