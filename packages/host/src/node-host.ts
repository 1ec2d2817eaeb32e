import { hash, randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import { setImmediate as immediate } from "node:timers/promises";
import type { EngineHost } from "@inlay/engine";

/** The longest delay that Node's timers take; a longer one would fire at once. */
const longestDelay = 2 ** 31 - 1;

/** Digits and lower-case letters without `i`, `l`, `o` and `u`, in ASCII order, so that equal-length texts sort as numbers. */
const base32 = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * What Node lends the engine: hashing, clocks, timers, abort signals and run ids.
 *
 * Its timers keep the process alive: a run waits for what it has set, and cancels what it no longer needs.
 *
 * @example
 * const host = nodeHost();
 * host.sha256("abc"); // "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
 */
export function nodeHost(): EngineHost {
  return {
    // One-shot hashing costs a third of what `createHash` does.
    sha256: (text) => hash("sha256", text),
    now: () => performance.now(),
    wallClock: () => Date.now(),
    setTimer(callback, ms) {
      const timer = setTimeout(callback, Math.min(ms, longestDelay));
      return () => clearTimeout(timer);
    },
    yieldNow: () => immediate(),
    createAbort,
    newRunId: () => newRunId(Date.now()),
  };
}

/** Every node of a run may listen to its signal; Node would take the eleventh for a leak. */
function createAbort(): AbortController {
  const abort = new AbortController();
  setMaxListeners(0, abort.signal);
  return abort;
}

/** Ten digits of milliseconds and ten of chance in base 32: ids sort by the time they were made. */
function newRunId(time: number): string {
  let id = "";
  for (let rest = time; id.length < 10; rest = Math.floor(rest / 32)) id = base32.charAt(rest % 32) + id;
  for (const byte of randomBytes(10)) id += base32.charAt(byte % 32);
  return id;
}
