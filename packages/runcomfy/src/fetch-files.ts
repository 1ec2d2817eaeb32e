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
}

/** A job that orders a few pictures gets no more than these; a list without end would fill the memory. */
const MOST_FILES = 16;

/**
 * Downloads a completed job's images, one after the other. URLs that have expired are asked for afresh once. Throws
 * `remote.output` for a job without an image or with more than 16, and what `Downloader` throws.
 */
export async function fetchFiles(options: FetchOptions, output: JobOutput): Promise<readonly JobFile[]> {
  const { downloader, signal } = options;
  checkOutput(options, output);
  const files: JobFile[] = [];
  let { images } = output;
  let refreshed = false;
  while (files.length < images.length) {
    try {
      files.push(await downloader.download(images[files.length] ?? "", signal));
    } catch (error) {
      if (!isExpired(error) || refreshed) throw withRequest(error, options.requestId);
      refreshed = true;
      images = await freshImages(options, images.length);
    }
  }
  return files;
}

async function freshImages({ service, requestId, signal }: FetchOptions, count: number): Promise<readonly string[]> {
  const { images } = valueOf(await askOutput(service, requestId, signal));
  if (images.length === count) return images;
  throw problem("remote.expired", { ending: "lost", requestId });
}

function checkOutput({ requestId }: FetchOptions, { images, videos }: JobOutput): void {
  if (images.length > 0 && images.length <= MOST_FILES) return;
  const instead = videos.length > 0 ? "its output is a video, which is not supported." : "its output holds no image.";
  const what = images.length > 0 ? `its output holds ${images.length} images, more than ${MOST_FILES}.` : instead;
  throw problem("remote.output", { ending: "failed", requestId, summary: `The job is complete, but ${what}` });
}

function isExpired(error: unknown): boolean {
  return error instanceof RunComfyError && error.code === "remote.expired";
}

function withRequest(error: unknown, requestId: string): unknown {
  if (!(error instanceof RunComfyError)) return error;
  return new RunComfyError({ ...error.data, requestId }, { summary: error.summary, cause: error.cause });
}
