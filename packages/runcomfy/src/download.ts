import type { Agent, Dispatcher } from "undici";
import type { BaseUrl } from "./base-url.ts";
import type { Clock } from "./clock.ts";
import { checkDownloadUrl, PRIVATE_ADDRESS, publicLookup } from "./download-address.ts";
import { RunComfyError } from "./errors.ts";
import { headerOf, noAnswer, readBounded } from "./http-call.ts";
import { type FileType, fileTypeOf } from "./image-type.ts";
import { pause, withTimeLimit } from "./pause.ts";
import { COLLECT, problem } from "./problem.ts";
import type { Redact } from "./redact.ts";
import { retryAfterMs } from "./retry-after.ts";
import type { Timing } from "./timing.ts";

/** A result's file. */
export interface JobFile {
  readonly bytes: Uint8Array;
  /** By the file's first bytes. */
  readonly mime: Exclude<FileType, "unknown">;
}

/** Fetches result files. It does not know the token, so it cannot send it. */
export interface Downloader {
  /** Throws the codes `remote.host` to `remote.file-truncated`, `remote.expired`, `remote.network`, `remote.server`. */
  download(url: string, signal?: AbortSignal, kind?: "images" | "videos"): Promise<JobFile>;
  close(): Promise<void>;
}

/** What a downloader is made of. */
export interface DownloaderOptions {
  readonly base: BaseUrl;
  readonly hosts: readonly string[];
  readonly timing: Timing;
  readonly clock: Clock;
  readonly redact: Redact;
}

/** Bytes of a file that is taken into memory. */
const LARGEST = { images: 64 * 1024 * 1024, videos: 256 * 1024 * 1024 } as const;
const TRIES = 3;
const REDIRECTS = 3;

/** One try: a file, or an error that another try may mend. */
type Fetched = { readonly file: JobFile } | { readonly error: RunComfyError; readonly retryAfter?: number | undefined };

/** Makes a downloader; it connects when the first file is fetched. */
export function createDownloader(options: DownloaderOptions): Downloader {
  const { base, timing, clock } = options;
  let pool: Promise<Agent> | undefined;

  const openPool = async (): Promise<Agent> => {
    const { Agent } = await import("undici");
    const lookup = base.loopback ? {} : { lookup: publicLookup };
    return new Agent({ connect: { timeout: timing.connect, ...lookup }, headersTimeout: 0, bodyTimeout: 0 });
  };

  return {
    async download(text, signal, kind = "images") {
      const url = checkDownloadUrl(text, options);
      pool ??= openPool();
      const agent = await pool;
      for (let tries = 1; ; tries += 1) {
        const fetched = await withTimeLimit(clock, timing.download, signal, (limit) =>
          fetchFile(agent, url, options, { signal: limit, kind }),
        );
        signal?.throwIfAborted();
        if ("file" in fetched) return fetched.file;
        if (tries === TRIES) throw fetched.error;
        await pause(
          clock,
          Math.min(fetched.retryAfter ?? timing.downloadRetry * tries, timing.longestRetryAfter),
          signal,
        );
      }
    },
    async close() {
      await (await pool)?.close();
    },
  };
}

interface Wanted {
  readonly signal: AbortSignal;
  readonly kind: "images" | "videos";
}

async function fetchFile(
  agent: Agent,
  url: URL,
  options: DownloaderOptions,
  { signal, kind }: Wanted,
): Promise<Fetched> {
  let response: Dispatcher.ResponseData;
  try {
    response = await follow(agent, url, options, signal);
  } catch (error) {
    return unreachable(error, options);
  }
  if (response.statusCode !== 200) return refused(options.clock, response);
  if (Number(headerOf(response, "content-length") ?? 0) > LARGEST[kind]) {
    await discard(response);
    throw tooLarge(kind);
  }
  try {
    const bytes = await readBounded(response.body, LARGEST[kind]);
    if (!bytes) throw tooLarge(kind);
    return { file: readFile(bytes, kind) };
  } catch (error) {
    if (error instanceof RunComfyError) throw error;
    return { error: problem("remote.file-truncated", { ending: "detached", cause: error }) };
  }
}

/** Follows redirects as long as they stay on the host that the result named. */
async function follow(
  agent: Agent,
  url: URL,
  options: DownloaderOptions,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  let place = url;
  for (let redirects = 0; ; redirects += 1) {
    const response = await agent.request({
      origin: place.origin,
      path: place.pathname + place.search,
      method: "GET",
      signal,
    });
    const location = headerOf(response, "location");
    if (response.statusCode < 300 || response.statusCode >= 400 || location === undefined) return response;
    await discard(response);
    const target = URL.canParse(location, place.href) ? new URL(location, place) : undefined;
    if (target?.origin !== url.origin) throw problem("remote.redirect", { ending: "detached" });
    if (redirects === REDIRECTS)
      throw problem("remote.redirect", { ending: "detached", summary: "The result's URL redirects in circles." });
    place = checkDownloadUrl(target.href, options);
  }
}

function tooLarge(kind: Wanted["kind"]): RunComfyError {
  const summary = `The result's file is larger than ${LARGEST[kind] / 1024 / 1024} MiB.`;
  return problem("remote.file-size", { ending: "detached", summary });
}

function readFile(bytes: Uint8Array, kind: Wanted["kind"]): JobFile {
  if (bytes.length === 0) throw problem("remote.file-empty", { ending: "detached" });
  const mime = fileTypeOf(bytes);
  if (mime === "unknown") throw problem("remote.file-type", { ending: "detached" });
  if (mime.startsWith("video/") !== (kind === "videos")) {
    const summary = `The result's file is ${kind === "videos" ? "an image, not a video" : "a video, not an image"}.`;
    throw problem("remote.file-type", { ending: "detached", summary });
  }
  return { bytes, mime };
}

/** 408, 429 and 5xx may pass; every other status means that this URL will not give the file. */
async function refused(clock: Clock, response: Dispatcher.ResponseData): Promise<Fetched> {
  const { statusCode: status } = response;
  await discard(response);
  const summary = `The result's host answers HTTP ${status}.`;
  if (status === 408 || status === 429 || status >= 500) {
    const retryAfter = retryAfterMs(headerOf(response, "retry-after"), clock.wallClock());
    return { error: problem("remote.server", { ending: "detached", summary, suggestion: COLLECT }), retryAfter };
  }
  throw problem("remote.expired", { ending: "lost", reason: `HTTP ${status}` });
}

function unreachable(error: unknown, { redact }: DownloaderOptions): Fetched {
  if (error instanceof RunComfyError) throw error;
  if (hasCode(error, PRIVATE_ADDRESS)) throw problem("remote.private-host", { ending: "detached" });
  const summary = "The result's host cannot be reached.";
  const reason = redact(noAnswer(error, true).reason);
  return {
    error: problem("remote.network", { ending: "detached", summary, reason, cause: error, suggestion: COLLECT }),
  };
}

async function discard(response: Dispatcher.ResponseData): Promise<void> {
  // Destroying is cheaper than reading on; the error that it raises on the stream has no other listener.
  response.body.on("error", () => {});
  response.body.destroy();
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
