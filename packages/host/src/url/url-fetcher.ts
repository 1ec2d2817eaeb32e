import { isIP } from "node:net";
import type { LookupFunction } from "node:net";
import { isPrivateAddress, lookupUnless, PRIVATE_ADDRESS } from "@inlay/runcomfy";
import { Agent } from "undici";
import type { Dispatcher } from "undici";
import { shownUrl, urlError } from "./url-error.ts";

/** Fetches files that workflows and callers name by URL. */
export interface UrlFetcher {
  /** The whole content. Rejects with `url.*` codes, or with the signal's reason. */
  fetch(url: string, signal?: AbortSignal): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** What a fetcher holds to; the defaults are what users get. */
export interface UrlRules {
  /** Addresses that are never connected to; default: all that are not public. */
  readonly isRefused?: (address: string) => boolean;
  /** How names become addresses; default: the system's way, without refused ones. */
  readonly lookup?: LookupFunction;
  /** Certificates to trust beside the usual ones. */
  readonly ca?: string;
  /** Bytes; default 64 MiB. */
  readonly maxBytes?: number;
  /** For everything together, redirects too, in milliseconds; default a minute. */
  readonly timeLimitMs?: number;
}

const mostRedirects = 5;
const connectLimitMs = 10_000;
const pictures = "image/png, image/jpeg, image/webp, image/avif, image/tiff, image/gif, */*;q=0.1";

/**
 * Makes a fetcher of https URLs on public hosts, and only these.
 *
 * A name is resolved once a connection, and what is connected to is the address that was checked: a name that changes
 * its address meanwhile leads nowhere else. Every redirect is checked like the first URL. Nothing of the person is sent:
 * no cookies, no token, no name of the workflow.
 */
export function urlFetcher(rules: UrlRules = {}): UrlFetcher {
  const { isRefused = isPrivateAddress, ca, maxBytes = 64 * 2 ** 20, timeLimitMs = 60_000 } = rules;
  const lookup = rules.lookup ?? lookupUnless(isRefused);
  const agent = new Agent({
    connect: { timeout: connectLimitMs, lookup, ...(ca === undefined ? {} : { ca }) },
    maxHeaderSize: 64 * 1024,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    async fetch(text, signal) {
      const timeout = AbortSignal.timeout(timeLimitMs);
      const both = signal ? AbortSignal.any([signal, timeout]) : timeout;
      try {
        const response = await follow({ agent, isRefused }, checkUrl(text, isRefused), both);
        return await readWhole(response, { shown: shownUrl(text), maxBytes });
      } catch (error) {
        signal?.throwIfAborted();
        throw timeout.aborted ? tooSlow(text, timeLimitMs) : unreachable(text, error);
      }
    },
    close: () => agent.close(),
  };
}

function checkUrl(text: string, isRefused: (address: string) => boolean): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "https:" || url.username !== "" || url.password !== "") {
    const message = `\`${shownUrl(text)}\` is not a URL that can be fetched.`;
    throw urlError("url.invalid", { shown: shownUrl(text), message, expected: "an https URL without a user's name" });
  }
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && isRefused(host)) throw privateHost(text);
  return url;
}

interface Client {
  readonly agent: Agent;
  readonly isRefused: (address: string) => boolean;
}

async function follow({ agent, isRefused }: Client, url: URL, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  let place = url;
  for (let redirects = 0; ; redirects += 1) {
    const response = await agent.request({
      origin: place.origin,
      path: place.pathname + place.search,
      method: "GET",
      headers: { accept: pictures, "user-agent": "inlay" },
      signal,
    });
    const location = headerOf(response, "location");
    if (response.statusCode < 300 || response.statusCode >= 400 || location === undefined) return response;
    discard(response);
    if (redirects === mostRedirects) throw badRedirect(url, "redirects too often");
    const target = URL.canParse(location, place.href) ? new URL(location, place) : undefined;
    if (target?.protocol !== "https:") throw badRedirect(url, "redirects to what is not an https URL");
    place = checkUrl(target.href, isRefused);
  }
}

function badRedirect(url: URL, what: string): Error {
  const shown = shownUrl(url.href);
  return urlError("url.redirect", { shown, message: `\`${shown}\` ${what}.` });
}

async function readWhole(
  response: Dispatcher.ResponseData,
  { shown, maxBytes }: { readonly shown: string; readonly maxBytes: number },
): Promise<Uint8Array> {
  if (response.statusCode !== 200) {
    discard(response);
    throw badStatus(shown, response.statusCode);
  }
  if (Number(headerOf(response, "content-length") ?? 0) > maxBytes) {
    discard(response);
    throw tooLarge(shown, maxBytes);
  }
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body as AsyncIterable<Uint8Array>) {
    size += piece.byteLength;
    if (size > maxBytes) throw tooLarge(shown, maxBytes);
    pieces.push(piece);
  }
  return Buffer.concat(pieces, size);
}

function headerOf(response: Dispatcher.ResponseData, name: string): string | undefined {
  const value = response.headers[name];
  return typeof value === "string" ? value : value?.[0];
}

function discard(response: Dispatcher.ResponseData): void {
  // Destroying is cheaper than reading on; the error that it raises on the stream has no other listener.
  response.body.on("error", () => {});
  response.body.destroy();
}

function badStatus(shown: string, status: number): Error {
  const gone = status === 401 || status === 403 || status === 404 || status === 410;
  return urlError("url.status", {
    shown,
    message: `The server answers HTTP ${status} for \`${shown}\`.`,
    suggestion: gone ? "Check the URL; a signed one may have expired." : "Try again later.",
  });
}

function tooLarge(shown: string, maxBytes: number): Error {
  const limit = `${Math.floor(maxBytes / 2 ** 20)} MiB`;
  return urlError("url.too-large", {
    shown,
    message: `\`${shown}\` is larger than what is fetched.`,
    expected: `at most ${limit}`,
    suggestion: "Download it yourself and put it into the workspace.",
  });
}

function tooSlow(text: string, timeLimitMs: number): Error {
  const shown = shownUrl(text);
  const message = `\`${shown}\` was not there within ${timeLimitMs / 1000} seconds.`;
  return urlError("url.timeout", { shown, message, suggestion: "Try again later." });
}

function privateHost(text: string, cause?: unknown): Error {
  const shown = shownUrl(text);
  return urlError("url.private", {
    shown,
    message: `\`${shown}\` leads to this machine or to a private network, from which nothing is fetched.`,
    expected: "a host on the public internet",
    suggestion: "Put the file into the workspace.",
    ...(cause === undefined ? {} : { cause }),
  });
}

/** What the connection says becomes an error of ours; one of ours stays. */
function unreachable(text: string, cause: unknown): unknown {
  if (cause instanceof Error && "data" in cause) return cause;
  const code = codeOf(cause);
  if (code === PRIVATE_ADDRESS) return privateHost(text, cause);
  const shown = shownUrl(text);
  const message = `\`${shown}\` cannot be fetched (${code ?? "the connection failed"}).`;
  return urlError("url.unreachable", { shown, message, suggestion: "Check the URL and the network.", cause });
}

function codeOf(cause: unknown): string | undefined {
  if (cause instanceof AggregateError && cause.errors.length > 0) return codeOf(cause.errors[0]);
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
}
