import { createHash } from "node:crypto";
import { isIP } from "node:net";
import type { Agent, Dispatcher } from "undici";
import type { BaseUrl } from "./base-url.ts";
import type { Clock } from "./clock.ts";
import { isPrivateAddress, PRIVATE_ADDRESS, publicLookup } from "./download-address.ts";
import { RunComfyError } from "./errors.ts";
import { headerOf, noAnswer, readBounded } from "./http-call.ts";
import { fileTypeOf } from "./image-type.ts";
import { pause, withTimeLimit } from "./pause.ts";
import { problem } from "./problem.ts";
import type { Redact } from "./redact.ts";
import type { Timing } from "./timing.ts";

/** Asks whether the service could fetch a medium, by fetching it as the service would: plainly, without any token. */
export interface MediaChecker {
  /**
   * Throws `remote.media-url` unless the URL is https, leads to a public host and answers with the file that is expected.
   * Of a file of `any` kind only the beginning is read: it may be a long video.
   */
  check(url: string, expected: ExpectedMedium, signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** What a URL must give, for an input of the model. */
type ExpectedMedium = { readonly input: string } &
  /** These bytes; an image or a video; anything but a web page. */
  ({ readonly sha256: string } | { readonly content: "picture" | "any" });

/** What a checker is made of. */
export interface MediaCheckerOptions {
  readonly base: BaseUrl;
  readonly timing: Timing;
  readonly clock: Clock;
  readonly redact: Redact;
}

/** The API's own limit for images, in bytes. */
export const LARGEST_PUBLISHED = 50_000_000;

/** Bytes that show whether an answer is a web page. */
const ENOUGH_TO_TELL = 512;

const TRIES = 3;
const REDIRECTS = 3;

/** Why a URL is of no use; `passing` when another try may mend it. */
interface Fault {
  readonly reason: string;
  readonly passing: boolean;
}

/** Makes a checker; it connects when the first URL is checked. */
export function createMediaChecker({ base, timing, clock, redact }: MediaCheckerOptions): MediaChecker {
  let pool: Promise<Agent> | undefined;

  const openPool = async (): Promise<Agent> => {
    const { Agent } = await import("undici");
    const lookup = base.loopback ? {} : { lookup: publicLookup };
    return new Agent({ connect: { timeout: timing.connect, ...lookup }, headersTimeout: 0, bodyTimeout: 0 });
  };

  return {
    async check(text, expected, signal) {
      const { input } = expected;
      const url = mediaUrl(text, base, input);
      // A service on this machine costs nothing and fetches by its own rules, such as the sandbox's bundled samples.
      if (base.loopback && url.protocol === "https:") return;
      pool ??= openPool();
      const agent = await pool;
      for (let tries = 1; ; tries += 1) {
        const fault = await withTimeLimit(clock, timing.call, signal, (limit) =>
          fetchMedium(agent, { url, base, input, signal: limit }, expected),
        );
        signal?.throwIfAborted();
        if (!fault) return;
        if (!fault.passing || tries === TRIES) throw unreachable(input, url, redact(fault.reason));
        await pause(clock, timing.downloadRetry * tries, signal);
      }
    },
    async close() {
      await (await pool)?.close();
    },
  };
}

/**
 * Reads the address of a medium. Throws `remote.media-url` for what the service could not fetch: another protocol than
 * https, credentials, this machine, a private address. With an API on this machine http on this machine is allowed.
 */
function mediaUrl(text: string, base: BaseUrl, input: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.username || url.password) throw badUrl(input, "it is not a URL without credentials");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const local = host === "localhost" || host.endsWith(".localhost") || isPrivateAddress(host);
  if (base.loopback && url.protocol === "http:" && local) return url;
  if (url.protocol !== "https:") throw badUrl(input, `it begins with ${url.protocol}//`);
  if (local || (isIP(host) === 0 && !host.includes("."))) throw badUrl(input, `${host} is not a host on the internet`);
  return url;
}

interface Fetching {
  readonly url: URL;
  readonly base: BaseUrl;
  readonly input: string;
  readonly signal: AbortSignal;
}

async function fetchMedium(agent: Agent, fetching: Fetching, expected: ExpectedMedium): Promise<Fault | undefined> {
  try {
    const response = await follow(agent, fetching);
    const { statusCode: status } = response;
    if (status !== 200) {
      response.body.on("error", () => {});
      response.body.destroy();
      const passing = status === 404 || status === 408 || status === 429 || status >= 500;
      return { reason: `it answers HTTP ${status}`, passing };
    }
    if ("content" in expected && expected.content === "any") return await beginningFault(response);
    const bytes = await readBounded(response.body, LARGEST_PUBLISHED);
    if (!bytes) return { reason: "it has more than 50 MB", passing: false };
    return contentFault(bytes, expected);
  } catch (error) {
    if (error instanceof RunComfyError) throw error;
    if (error instanceof Error && "code" in error && error.code === PRIVATE_ADDRESS)
      return { reason: "its host has a private address", passing: false };
    return { reason: noAnswer(error, true).reason, passing: true };
  }
}

function contentFault(bytes: Uint8Array, expected: ExpectedMedium): Fault | undefined {
  if ("content" in expected) {
    const isPicture = fileTypeOf(bytes) !== "unknown";
    return isPicture ? undefined : { reason: "what it gives is neither an image nor a video", passing: false };
  }
  const found = createHash("sha256").update(bytes).digest("hex");
  return found === expected.sha256 ? undefined : { reason: "it gives other bytes than were published", passing: true };
}

/** Whether an answer begins like a file; what follows is not read. A login or an error often is a web page with status 200. */
async function beginningFault(response: Dispatcher.ResponseData): Promise<Fault | undefined> {
  const isPage = /^text\/html|^application\/xhtml/i.test(headerOf(response, "content-type") ?? "");
  const head = await readBeginning(response.body, ENOUGH_TO_TELL);
  if (isPage || /^\s*<(?:!doctype|html)/i.test(head)) return { reason: "what it gives is a web page", passing: false };
  return head === "" ? { reason: "what it gives is empty", passing: true } : undefined;
}

/** The first bytes as Latin-1; the rest of the answer is given up. */
async function readBeginning(body: Dispatcher.ResponseData["body"], least: number): Promise<string> {
  let text = "";
  body.on("error", () => {});
  for await (const chunk of body as AsyncIterable<Buffer>) {
    text += chunk.subarray(0, least).toString("latin1");
    if (text.length >= least) break;
  }
  return text;
}

async function follow(agent: Agent, { url, base, input, signal }: Fetching): Promise<Dispatcher.ResponseData> {
  let place = url;
  for (let redirects = 0; ; redirects += 1) {
    const { origin, pathname, search } = place;
    const response = await agent.request({ origin, path: pathname + search, method: "GET", signal });
    const location = headerOf(response, "location");
    if (response.statusCode < 300 || response.statusCode >= 400 || location === undefined) return response;
    response.body.on("error", () => {});
    response.body.destroy();
    if (redirects === REDIRECTS) throw badUrl(input, "it redirects in circles");
    place = mediaUrl(URL.canParse(location, place.href) ? new URL(location, place).href : location, base, input);
  }
}

function badUrl(input: string, reason: string): RunComfyError {
  const summary = `The address in \`${input}\` is one that the service cannot fetch. Nothing was submitted or paid.`;
  return problem("remote.media-url", { ending: "rejected", summary, reason: `${reason}.`, input });
}

function unreachable(input: string, url: URL, reason: string): RunComfyError {
  const summary = `The address in \`${input}\`, on ${url.host}, does not give the file. Nothing was submitted or paid.`;
  return problem("remote.media-url", { ending: "rejected", summary, reason: `${reason}.`, input });
}
