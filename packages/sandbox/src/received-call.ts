import type { FaultCall, FaultName } from "./faults/fault.ts";

/** A request as the sandbox received it: what a test of a client wants to know of it. */
export interface ReceivedCall {
  readonly call: FaultCall | "other";
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
  /** Counts the connections: two requests with one number came over one socket. */
  readonly connection: number;
  /** Where it carries the token. */
  readonly token: "authorization" | "nowhere" | "elsewhere";
  /** What went wrong with it. */
  readonly fault: FaultName;
}

/** The most calls that are remembered; the oldest go first. */
const MOST_CALLS = 100_000;

/** Remembers calls, in memory only. */
export function callLog(): { add(call: ReceivedCall): void; list(): readonly ReceivedCall[] } {
  let calls: ReceivedCall[] = [];
  return {
    add(call) {
      if (calls.length >= 2 * MOST_CALLS) calls = calls.slice(MOST_CALLS);
      calls.push(call);
    },
    list: () => calls.slice(-MOST_CALLS),
  };
}
