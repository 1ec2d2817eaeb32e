import type { IncomingMessage } from "node:http";
import type { MiddlewareHandler } from "hono";
import type { HttpEnvironment } from "./environment.ts";
import { hasBody } from "./guard.ts";
import { httpError } from "./http-error.ts";

/** How much of its requests' bodies one client may have on their way at once, and how long they may stall. */
export interface BodyLimits {
  /** Bytes of one client; a single body may have more when nothing else of the client is on its way. */
  readonly bytes: number;
  /** How long a body waits for others of its client before it is refused. */
  readonly waitMs: number;
  /** How long a body may bring no byte before its connection is cut. */
  readonly stallMs: number;
  /** Bytes of a picture; also what a body counts for that does not say how long it is. */
  readonly upload: number;
}

/** A picture of 256 MiB is more than any photograph; 128 megapixels of 16 bits without compression nobody uploads. */
export const bodyLimits: BodyLimits = { bytes: 512 * 2 ** 20, waitMs: 10_000, stallMs: 30_000, upload: 256 * 2 ** 20 };

interface Account {
  taken: number;
  /** Told in order when something was given back. */
  readonly waiting: (() => void)[];
}

/**
 * Lets bodies in as far as the client's others leave room, which waits with the body unread, and cuts connections on which a
 * body stalls. Each client has a budget of its own, so that none keeps another out. Throws `server.busy`.
 */
export function boundBodies(limits: BodyLimits): MiddlewareHandler<HttpEnvironment> {
  const accounts = new Map<string, Account>();

  const take = async (client: string, bytes: number): Promise<() => void> => {
    const account = accounts.get(client) ?? { taken: 0, waiting: [] };
    accounts.set(client, account);
    const fits = (): boolean => account.taken === 0 || account.taken + bytes <= limits.bytes;
    const until = performance.now() + limits.waitMs;
    while (!fits()) {
      const left = until - performance.now();
      if (left <= 0) throw tooMuch();
      await given(account, left);
    }
    account.taken += bytes;
    return () => {
      account.taken -= bytes;
      for (const tell of account.waiting.splice(0)) tell();
    };
  };

  return async (c, next) => {
    if (!hasBody(c.req.raw.headers)) return next();
    const release = await take(c.get("client"), Number(c.req.header("content-length") ?? limits.upload));
    const { incoming } = c.env;
    const { socket } = incoming;
    const cut = (): void => {
      if (!incoming.complete) incoming.destroy();
    };
    socket.setTimeout(limits.stallMs, cut);
    const received = (): void => {
      incoming.off("end", received);
      socket.setTimeout(0);
      socket.off("timeout", cut);
    };
    incoming.once("end", received);
    try {
      return await next();
    } finally {
      received();
      release();
    }
  };
}

/** Cuts a connection whose request has not arrived by then. */
export function cutLater(incoming: IncomingMessage, ms: number): void {
  if (incoming.complete) return;
  const timer = setTimeout(() => incoming.complete || incoming.destroy(), ms).unref();
  incoming.once("close", () => clearTimeout(timer));
}

/** Resolves when something was given back, or after that many milliseconds. */
function given({ waiting }: Account, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    waiting.push(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function tooMuch(): Error {
  return httpError("server.busy", "Other requests of this client are still bringing their bodies.", {
    suggestion: "Ask again when they have been answered, or send fewer at once.",
  });
}
