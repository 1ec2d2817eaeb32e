import { randomUUID } from "node:crypto";
import { maxJsonBytes } from "@inlay/engine";
import type { MiddlewareHandler } from "hono";
import type { Logger } from "pino";
import type { Addresses } from "./addresses.ts";
import type { HttpEnvironment } from "./environment.ts";
import { pagePolicy } from "../page-policy.ts";
import { httpError } from "./http-error.ts";

/** Logs each request under an id of its own, without query, since a one-time key stands in one. */
export function requestLog(log: Logger): MiddlewareHandler<HttpEnvironment> {
  return async (c, next) => {
    const id = randomUUID();
    const started = performance.now();
    c.set("log", log.child({ request: id }));
    c.header("X-Request-Id", id);
    await next();
    const ms = Math.round(performance.now() - started);
    c.get("log").debug({ method: c.req.method, path: c.req.path, status: c.res.status, ms }, "request");
  };
}

/** Headers that every answer has. */
export function safeHeaders(): MiddlewareHandler<HttpEnvironment> {
  return async (c, next) => {
    c.header("Content-Security-Policy", pagePolicy);
    c.header("X-Content-Type-Options", "nosniff");
    c.header("Referrer-Policy", "no-referrer");
    c.header("Cross-Origin-Opener-Policy", "same-origin");
    c.header("Cross-Origin-Resource-Policy", "same-origin");
    c.header("X-Frame-Options", "DENY");
    c.header("Cache-Control", "no-store");
    await next();
  };
}

/** Refuses requests to another name, which a foreign page could have pointed at this machine. */
export function checkHost({ hosts }: Addresses): MiddlewareHandler<HttpEnvironment> {
  return async (c, next) => {
    const host = c.req.header("host")?.toLowerCase() ?? "";
    // An address with a host of its own is a question to a proxy, which this is not.
    const isForProxy = c.env.incoming.url?.startsWith("/") === false;
    if (!hosts.has(host) || isForProxy) {
      const [expected = ""] = hosts;
      throw httpError("request.host", "This server does not answer to that name.", { expected, received: host });
    }
    await next();
  };
}

/** Refuses what a page of another site sends; other ports of this machine are other sites too. */
export function checkOrigin({ hosts }: Addresses): MiddlewareHandler<HttpEnvironment> {
  return async (c, next) => {
    const site = c.req.header("sec-fetch-site");
    const origin = c.req.header("origin");
    const isForeign = site !== undefined && site !== "same-origin" && site !== "none";
    if (isForeign || (origin !== undefined && !isOwnOrigin(origin, hosts))) {
      throw httpError("request.origin", "Pages of other sites may not use this server.", {
        received: origin ?? site ?? "",
      });
    }
    await next();
  };
}

function isOwnOrigin(origin: string, hosts: ReadonlySet<string>): boolean {
  return origin.startsWith("http://") && hosts.has(origin.slice("http://".length).toLowerCase());
}

const reading: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Types that a form of any site can send without being asked: never accepted. */
const formTypes: ReadonlySet<string> = new Set([
  "text/plain",
  "multipart/form-data",
  "application/x-www-form-urlencoded",
]);

/** What anybody may send who has not come in yet. */
const mostOfStrangers = 4096;

/**
 * Bodies say what they are and how long: JSON of at most 32 MiB (4 KiB from strangers, `isOpen`), or for uploads
 * (`isUpload`), which count their bytes themselves, any type that no form can send. A request that changes something and has no
 * body needs no type; it has none that a form sends.
 */
export function checkBody({
  isUpload,
  isOpen,
}: {
  readonly isUpload: (path: string) => boolean;
  readonly isOpen: (path: string) => boolean;
}): MiddlewareHandler<HttpEnvironment> {
  return async (c, next) => {
    const { method, path } = c.req;
    if (!reading.has(method)) {
      const type = (c.req.header("content-type") ?? "").split(";")[0]!.trim().toLowerCase();
      if (formTypes.has(type)) throw wrongType(isUpload(path) ? uploadTypes : "application/json", type);
      if (!hasBody(c.req.raw.headers)) return next();
      if (isUpload(path)) checkUploadType(type);
      else checkJson(type, c.req.raw.headers, isOpen(path) ? mostOfStrangers : maxJsonBytes);
    }
    await next();
  };
}

const uploadTypes = "a picture's type, application/zip or application/octet-stream";

function checkUploadType(type: string): void {
  if (type === "") throw wrongType(uploadTypes, type);
}

function checkJson(type: string, headers: Headers, most: number): void {
  if (type !== "application/json") throw wrongType("application/json", type);
  const length = headers.get("content-length");
  if (length === null) throw httpError("request.length", "The body does not say how long it is.");
  if (Number(length) > most) {
    const expected = `at most ${most} bytes`;
    throw httpError("request.too-large", "The body is too large.", { expected, received: length });
  }
}

function wrongType(expected: string, type: string): Error {
  const received = type || "no type";
  return httpError("request.type", "The body has a type that is not taken here.", { expected, received });
}

/** Whether a request brings anything. */
export function hasBody(headers: Headers): boolean {
  return headers.has("transfer-encoding") || Number(headers.get("content-length") ?? 0) > 0;
}
