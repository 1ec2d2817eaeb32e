import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { maskOf, noise } from "../../test/pictures.ts";
import inpaint from "./inpaint.ts";

const isProof = process.env.INLAY_PROOF === "1";
const cancels = isProof ? 100 : 3;

const side = 500;
const image = noise(side, side);
const mask = maskOf(side, side, (x, y) => (Math.hypot(x - side / 2, y - side / 2) < side / 4 ? 255 : 0));

/** Begins a fill and gives it up; answers with what happened, in order, and how long it took. */
async function cancelOnce(): Promise<{ readonly events: readonly string[]; readonly ms: number }> {
  const abort = new AbortController();
  const events: string[] = [];
  const filled = testNode(inpaint, { image, mask, method: "local" }, { signal: abort.signal }).then(
    () => events.push("filled"),
    (error: unknown) => events.push(error === abort.signal.reason ? "cancelled" : String(error)),
  );
  // In the midst of it: a fill of this size takes seconds.
  await new Promise<void>((resolve) => setTimeout(resolve, 150));
  events.push("asked");
  const asked = performance.now();
  abort.abort(new Error("no longer wanted"));
  await filled;
  return { events, ms: performance.now() - asked };
}

test(`${cancels} fills that are given up end as cancelled, none goes on`, async () => {
  const times: number[] = [];
  for (let i = 0; i < cancels; i++) {
    const { events, ms } = await cancelOnce();
    expect(events).toEqual(["asked", "cancelled"]);
    times.push(ms);
  }
  if (isProof) expect(Math.max(...times)).toBeLessThanOrEqual(100);
}, 120_000);
