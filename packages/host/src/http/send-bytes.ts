import type { Context } from "hono";
import type { HttpEnvironment } from "./environment.ts";
import { isCurrent } from "./if-none-match.ts";
import { sniffType } from "./sniff-type.ts";

export interface SendOptions {
  /** With its quotes. */
  readonly etag: string;
  /** True for what is named by its content and can never change. */
  readonly isImmutable?: boolean;
}

/** What somebody uploaded or a service sent runs no script and reads nothing, should a browser be led to open it. */
const strangerPolicy = "sandbox; default-src 'none'";

/** Answers with bytes that came from anywhere: shown when they are a picture, else downloaded; whole or a range. */
export function sendBytes(
  c: Context<HttpEnvironment>,
  bytes: Uint8Array,
  { etag, isImmutable }: SendOptions,
): Response {
  const type = sniffType(bytes);
  c.header("Content-Security-Policy", strangerPolicy);
  c.header("Content-Type", type ?? "application/octet-stream");
  c.header("Content-Disposition", type === undefined ? "attachment" : "inline");
  c.header("ETag", etag);
  c.header("Cache-Control", isImmutable ? "private, max-age=31536000, immutable" : "private, no-cache");
  c.header("Accept-Ranges", "bytes");
  if (isCurrent(c.req.header("if-none-match"), etag)) return c.body(null, 304);
  const range = rangeOf(c.req.header("range"), bytes.byteLength);
  if (range === undefined) return c.body(new Uint8Array(bytes), 200);
  if (range === "none") {
    c.header("Content-Range", `bytes */${bytes.byteLength}`);
    return c.body(null, 416);
  }
  c.header("Content-Range", `bytes ${range.first}-${range.last}/${bytes.byteLength}`);
  return c.body(new Uint8Array(bytes.subarray(range.first, range.last + 1)), 206);
}

/** The one range that is asked for; several, or what cannot be read, are answered with the whole, as HTTP allows. */
function rangeOf(header: string | undefined, size: number): { first: number; last: number } | "none" | undefined {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  return first > last || first >= size ? "none" : { first, last };
}
