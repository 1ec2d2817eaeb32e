import type { ErrorData } from "@inlay/engine";

/** Whether a node of a cancelled run ended because of the cancellation, and not by a fault of its own. */
export function isStopped({ code, ending }: ErrorData): boolean {
  return code === "run.cancelled" || ending === "cancelled" || ending === "detached";
}
