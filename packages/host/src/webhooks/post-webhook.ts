import type { LookupFunction } from "node:net";
import { errorData, EngineError } from "@inlay/engine";
import type { ErrorData } from "@inlay/engine";
import { isPrivateAddress, lookupUnless, PRIVATE_ADDRESS } from "@inlay/runcomfy";
import { Agent } from "undici";
import { privateTarget } from "./webhook-target.ts";
import type { WebhookTargets } from "./webhook-target.ts";

/** Sends one message once. */
export interface WebhookPost {
  /** @returns what was wrong, or undefined when the receiver has it. `isFinal`: it would be no better another time */
  send(
    url: string,
    message: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
    signal: AbortSignal,
  ): Promise<(ErrorData & { readonly isFinal?: boolean }) | undefined>;
  close(): Promise<void>;
}

export interface PostRules {
  readonly targets: WebhookTargets;
  /** How names become addresses; default: the system's way, without private ones. */
  readonly lookup?: LookupFunction;
  /** Certificates to trust beside the usual ones. */
  readonly ca?: string;
  /** For everything together, in milliseconds; default 15 seconds. */
  readonly timeLimitMs?: number;
}

const connectLimitMs = 10_000;

/**
 * Posts webhooks. A name is resolved once a connection, and what is connected to is the address that was checked. Redirects
 * are not followed: a receiver says its own address. What it answers is not read.
 */
export function webhookPost({ targets, lookup, ca, timeLimitMs = 15_000 }: PostRules): WebhookPost {
  const trusted = ca === undefined ? {} : { ca };
  const strict = new Agent({
    connect: { timeout: connectLimitMs, lookup: lookup ?? lookupUnless(isPrivateAddress), ...trusted },
  });
  const named = new Agent({ connect: { timeout: connectLimitMs, ...trusted } });
  return {
    async send(text, { headers, body }, signal) {
      const timeout = AbortSignal.timeout(timeLimitMs);
      try {
        // The rules may be others than when the run was accepted.
        const url = targets.check(text);
        const agent = targets.isNamed(url) ? named : strict;
        const response = await agent.request({
          origin: url.origin,
          path: url.pathname + url.search,
          method: "POST",
          headers: { "content-type": "application/json", "user-agent": "inlay", ...headers },
          body,
          signal: AbortSignal.any([signal, timeout]),
        });
        response.body.on("error", () => {});
        response.body.destroy();
        return problemOf(response.statusCode);
      } catch (error) {
        signal.throwIfAborted();
        return timeout.aborted ? tooSlow(timeLimitMs) : unreachable(text, error);
      }
    },
    async close() {
      await Promise.all([strict.destroy(), named.destroy()]);
    },
  };
}

function problemOf(status: number): (ErrorData & { readonly isFinal?: boolean }) | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) {
    const message = "The webhook's receiver redirects, which is not followed.";
    return {
      code: "webhook.redirect",
      message,
      received: `HTTP ${status}`,
      suggestion: "Name the address that it leads to.",
    };
  }
  const message = `The webhook's receiver answers HTTP ${status}.`;
  // By Standard Webhooks, 410 asks for no more.
  return { code: "webhook.status", message, received: `HTTP ${status}`, ...(status === 410 && { isFinal: true }) };
}

function tooSlow(ms: number): ErrorData {
  return { code: "webhook.timeout", message: `The webhook's receiver did not answer within ${ms / 1000} seconds.` };
}

/** Texts of the network may hold the address, which may hold a secret. */
function unreachable(url: string, error: unknown): ErrorData & { readonly isFinal?: boolean } {
  if (error instanceof EngineError) return { ...errorData(error), isFinal: true };
  const code = codeOf(error);
  if (code === PRIVATE_ADDRESS) return { ...errorData(privateTarget(url)), isFinal: true };
  return {
    code: "webhook.unreachable",
    message: `The webhook's receiver cannot be reached (${code ?? "the connection failed"}).`,
  };
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
