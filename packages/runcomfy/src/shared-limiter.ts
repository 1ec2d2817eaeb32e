import { createHash } from "node:crypto";
import { createLimiter, type Limiter, type LimiterOptions } from "./limiter.ts";

/** Whose limiter is wanted. */
export interface SharedLimiterOptions extends LimiterOptions {
  readonly origin: string;
  readonly token: string;
}

/** A limiter, and how to say that it is no longer needed. */
export interface SharedLimiter {
  readonly limiter: Limiter;
  release(): void;
}

const limiters = new Map<string, { readonly limiter: Limiter; users: number }>();

/**
 * The one limiter of a token in this process: the service counts calls by token, whatever runs and clients they come
 * from. Clients that want another spacing have another one.
 */
export function shareLimiter({ origin, token, ...options }: SharedLimiterOptions): SharedLimiter {
  const id = createHash("sha256")
    .update(JSON.stringify([origin, token, options.spacing]))
    .digest("hex");
  const shared = limiters.get(id) ?? { limiter: createLimiter(options), users: 0 };
  limiters.set(id, shared);
  shared.users += 1;
  let held = true;
  return {
    limiter: shared.limiter,
    release() {
      if (!held) return;
      held = false;
      shared.users -= 1;
      if (shared.users === 0) limiters.delete(id);
    },
  };
}
