import { EngineError } from "@inlay/engine";

/**
 * The codes of what goes wrong with a URL.
 *
 * | code | when |
 * |---|---|
 * | `url.invalid` | it is not an https URL, or holds a user's name |
 * | `url.private` | its host, or one that it redirects to, has an address of this machine or of a private network |
 * | `url.redirect` | it redirects too often, or to what is not https |
 * | `url.status` | the server answers with another status than 200 |
 * | `url.too-large` | there are more than 64 MiB |
 * | `url.empty` | there are no bytes |
 * | `url.unreachable` | the server cannot be found or reached, or breaks off |
 * | `url.timeout` | it takes longer than a minute |
 */
export type UrlErrorCode =
  | "url.invalid"
  | "url.private"
  | "url.redirect"
  | "url.status"
  | "url.too-large"
  | "url.empty"
  | "url.unreachable"
  | "url.timeout";

export interface UrlErrorDetails {
  /** For people: what `shownUrl` gives, never the URL itself. */
  readonly shown: string;
  readonly message: string;
  readonly expected?: string;
  readonly suggestion?: string;
  readonly cause?: unknown;
}

export function urlError(code: UrlErrorCode, { cause, shown, ...details }: UrlErrorDetails): EngineError {
  return new EngineError({ code, received: shown, ...details }, cause === undefined ? {} : { cause });
}

/**
 * A URL as messages and logs may show it: without its query and fragment, which may hold a signature, and without a
 * user's name and password.
 */
export function shownUrl(text: string): string {
  if (!URL.canParse(text)) return `${text.split(/[?#]/, 1)[0]?.replace(/\/\/[^/]*@/, "//") ?? ""}`;
  const { protocol, host, pathname, search } = new URL(text);
  return `${protocol}//${host}${pathname}${search === "" ? "" : "?…"}`;
}
