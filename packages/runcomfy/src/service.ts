import type { Agent, Dispatcher } from "undici";
import type { BaseUrl } from "./base-url.ts";
import type { Clock } from "./clock.ts";
import { noAnswer, readAnswer, type Reply } from "./http-call.ts";
import { shareLimiter } from "./shared-limiter.ts";
import { withTimeLimit } from "./pause.ts";
import { createRedactor, type Redact } from "./redact.ts";
import type { Timing } from "./timing.ts";
import { openUpload, type Upload } from "./upload.ts";

/** The API of one account: sends calls, knows nothing of what they mean. */
export interface Service {
  readonly base: BaseUrl;
  readonly timing: Timing;
  readonly clock: Clock;
  readonly redact: Redact;
  /** Whether a text shows the token, such as an id that a service made of it. */
  showsToken(text: string): boolean;
  random(): number;
  /** A GET on a pooled connection, when the limiter allows it. Rejects only with the signal's reason. */
  get(path: string, signal?: AbortSignal): Promise<Reply>;
  /** A GET that passes the limiter, for somebody who waits for its answer to stop. */
  getAtOnce(path: string, signal: AbortSignal): Promise<Reply>;
  /** A POST without a body on a pooled connection, at once. */
  post(path: string, signal: AbortSignal): Promise<Reply>;
  /**
   * A POST on a connection of its own, which is closed afterwards. A pooled connection may be one that the server is
   * closing at this moment: the server then gets the request and we get a reset. Until the last piece of the body is
   * handed over nobody can have accepted it: an abort then ends it at once, and afterwards only after
   * `timing.submitAbort`, so that the answer may still arrive. The time limit grows with the body.
   */
  postAlone(path: string, body: string, signal?: AbortSignal): Promise<Reply>;
  close(): Promise<void>;
}

/** What a service is made of. */
export interface ServiceOptions {
  readonly base: BaseUrl;
  readonly token: string;
  readonly timing: Timing;
  readonly clock: Clock;
  random(): number;
}

/** Calls of one client in flight at once. */
const CONCURRENT = 8;

/** Bytes a millisecond: a submit's time limit grows with its body as if no line were slower than half a megabit a second. */
const SLOWEST_UPLOAD = 64;

/** Tokens have some forty characters; shorter ones are made up for a test. */
const SHORTEST_SECRET = 8;

/** Opens an account's API; connects when the first call is made. */
export function openService({ base, token, timing, clock, random }: ServiceOptions): Service {
  const { limiter, release } = shareLimiter({
    origin: base.origin,
    token,
    spacing: timing.callSpacing,
    concurrent: CONCURRENT,
    clock,
  });
  const headers = { authorization: `Bearer ${token}`, accept: "application/json" };
  // Our own limits on whole calls stand in for undici's limits on their parts.
  const untimed = { headersTimeout: 0, bodyTimeout: 0 };
  let pool: Promise<Agent> | undefined;

  const openPool = async (): Promise<Agent> => {
    const { Agent } = await import("undici");
    return new Agent({ connect: { timeout: timing.connect }, connections: CONCURRENT });
  };

  const callPooled = async (method: "GET" | "POST", path: string, signal?: AbortSignal): Promise<Reply> => {
    pool ??= openPool();
    const agent = await pool;
    const options = { origin: base.origin, path: base.prefix + path, method, headers, ...untimed };
    try {
      return await withTimeLimit(clock, timing.call, signal, async (limit) => {
        return readAnswer(clock, await agent.request({ ...options, signal: limit }));
      });
    } catch (error) {
      signal?.throwIfAborted();
      return noAnswer(error, true);
    }
  };

  return {
    base,
    timing,
    clock,
    redact: createRedactor(token),
    // A token of a few letters guards nothing and is part of honest ids.
    showsToken: (text) => token.length >= SHORTEST_SECRET && text.includes(token),
    random,
    async get(path, signal) {
      const reply = await limiter.run(() => callPooled("GET", path, signal), signal);
      if (reply.answered && reply.status === 429)
        limiter.hold(Math.min(reply.retryAfter ?? 0, timing.longestRetryAfter));
      return reply;
    },
    getAtOnce: (path, signal) => callPooled("GET", path, signal),
    post: (path, signal) => callPooled("POST", path, signal),
    async postAlone(path, body, signal) {
      const { Client } = await import("undici");
      const client = new Client(base.origin, { pipelining: 0, connect: { timeout: timing.connect }, ...untimed });
      const upload = openUpload(body);
      const options: Dispatcher.RequestOptions = {
        path: base.prefix + path,
        method: "POST",
        headers: { ...headers, "content-type": "application/json", "content-length": String(upload.length) },
        body: upload.body,
      };
      const limits = { clock, submit: timing.submit + upload.length / SLOWEST_UPLOAD, submitAbort: timing.submitAbort };
      return withLateAbort({ client, upload, limits }, signal, async (limit) => {
        try {
          return await readAnswer(clock, await client.request({ ...options, signal: limit }));
        } catch (error) {
          return noAnswer(error, upload.isHandedOver());
        }
      });
    },
    async close() {
      release();
      await (await pool)?.close();
    },
  };
}

/** A submit's call, and how long it and its abort may take, in milliseconds. */
interface LateAbort {
  readonly client: Dispatcher;
  readonly upload: Upload;
  readonly limits: { readonly clock: Clock; readonly submit: number; readonly submitAbort: number };
}

/**
 * Runs a submit's only call and closes the connection. An abort of what nobody can have accepted yet destroys the client,
 * which discards the request: undici answers an aborted signal no sooner than it has written it.
 */
async function withLateAbort(
  { client, upload, limits }: LateAbort,
  signal: AbortSignal | undefined,
  work: (limit: AbortSignal) => Promise<Reply>,
): Promise<Reply> {
  const { clock } = limits;
  const grace = new AbortController();
  let cancelGrace = (): void => {};
  const giveUp = (): void => grace.abort(new Error("stopped while the answer was waited for"));
  const abort = (): void => {
    if (upload.discard()) void client.destroy();
    else cancelGrace = clock.setTimer(giveUp, limits.submitAbort);
  };
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted) abort();
  try {
    return await withTimeLimit(clock, limits.submit, grace.signal, work);
  } finally {
    cancelGrace();
    signal?.removeEventListener("abort", abort);
    await client.destroy();
  }
}
