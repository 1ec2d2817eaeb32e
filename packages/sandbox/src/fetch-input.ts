import type { Dispatcher } from "undici";
import { aliasedPicture } from "./aliases.ts";
import { JobFailure } from "./job.ts";

/** The largest input file, in bytes: the API's own limit for images. */
const MAX_INPUT_BYTES = 50 * 1024 * 1024;
const MAX_REDIRECTS = 3;

export interface FetchInputOptions {
  /** The input's name, for error texts. */
  readonly name: string;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Default 50 MiB, the API's own limit for images. */
  readonly maxBytes?: number;
}

/**
 * The file that an input's URL stands for: the contents of a data URI, a bundled picture for the schema's sample URLs,
 * or whatever the http(s) server answers, after at most three redirects.
 *
 * @throws {JobFailure} when it cannot be had, is too large or takes too long; the text shows no query of the URL.
 */
export async function fetchInput(url: string, options: FetchInputOptions): Promise<Buffer> {
  if (/^data:/i.test(url)) return decodeDataUri(url, options);
  const alias = aliasedPicture(url);
  if (alias !== undefined) return alias;
  const timeout = AbortSignal.timeout(options.timeoutMs);
  try {
    return await download(parseHttpUrl(url, options), {
      ...options,
      signal: AbortSignal.any([options.signal, timeout]),
    });
  } catch (error) {
    if (error instanceof JobFailure || options.signal.aborted) throw error;
    const reason = timeout.aborted ? `no complete answer within ${options.timeoutMs} ms` : reasonOf(error);
    throw failure(options, `cannot be fetched from ${withoutQuery(url)} (${reason})`, error);
  }
}

/** A URL without what may be secret in it: user, password, query and fragment. A data URI keeps only its type. */
export function withoutQuery(url: string): string {
  if (/^data:/i.test(url)) return `${url.slice(0, 64).split(/[;,]/)[0]};…`;
  if (!URL.canParse(url)) return url.slice(0, 64);
  const parsed = new URL(url);
  const path = `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
  return parsed.search === "" ? path : `${path}?…`;
}

function decodeDataUri(uri: string, options: FetchInputOptions): Buffer {
  const comma = uri.indexOf(",");
  if (comma < 0) throw failure(options, "is a data URI without a comma");
  const isBase64 = /;base64$/i.test(uri.slice(0, comma));
  const payload = uri.slice(comma + 1);
  const bytes = isBase64 ? Buffer.from(payload, "base64") : decodePercent(payload, options);
  if (bytes.length > maxBytes(options)) throw tooLarge(options);
  return bytes;
}

function decodePercent(payload: string, options: FetchInputOptions): Buffer {
  try {
    return Buffer.from(decodeURIComponent(payload), "latin1");
  } catch (error) {
    throw failure(options, "is a data URI with a broken percent escape", error);
  }
}

function parseHttpUrl(url: string, options: FetchInputOptions): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== "http:" && parsed?.protocol !== "https:") {
    throw failure(options, `must be an http(s) URL or a data URI, not "${withoutQuery(url)}"`);
  }
  return parsed;
}

/** Fetches on connections of its own, so that nothing stays open afterwards. */
async function download(start: URL, options: FetchInputOptions): Promise<Buffer> {
  const { Agent, request } = await import("undici");
  const dispatcher = new Agent();
  try {
    let url = start;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const answer = await request(url, { dispatcher, signal: options.signal, headers: { accept: "image/*" } });
      const location = answer.headers["location"];
      if (answer.statusCode < 300 || answer.statusCode >= 400 || typeof location !== "string") {
        return await readAnswer(answer, url, options);
      }
      url = parseHttpUrl(new URL(location, url).href, options);
    }
    throw failure(options, `is redirected more than ${MAX_REDIRECTS} times`);
  } finally {
    await dispatcher.destroy();
  }
}

async function readAnswer(answer: Dispatcher.ResponseData, url: URL, options: FetchInputOptions): Promise<Buffer> {
  if (answer.statusCode !== 200) {
    throw failure(options, `cannot be fetched: ${withoutQuery(url.href)} answered ${answer.statusCode}`);
  }
  if (Number(answer.headers["content-length"] ?? 0) > maxBytes(options)) throw tooLarge(options);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > maxBytes(options)) throw tooLarge(options);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function maxBytes(options: FetchInputOptions): number {
  return options.maxBytes ?? MAX_INPUT_BYTES;
}

function tooLarge(options: FetchInputOptions): JobFailure {
  return failure(options, `is larger than ${maxBytes(options)} bytes`);
}

function failure({ name }: FetchInputOptions, text: string, cause?: unknown): JobFailure {
  return new JobFailure(`${name} ${text}`, { cause });
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "network error";
}
