import { abortCase } from "../abort-row.mjs";

/** Computes, and lets others run every 20 ms, as nodes are asked to. */
async function spin({ signal, yieldNow }) {
  for (;;) {
    const end = performance.now() + 20;
    while (performance.now() < end);
    await yieldNow();
    signal.throwIfAborted();
  }
}

export default {
  name: "abort-local",
  title: "Abort to settled, local work: loops that yield; calls that do not listen and are abandoned",
  goal: "≤ 100 ms",
  measure: "own",
  unit: "ms",
  scale: 1,
  order: 10,
  cases: [
    abortCase("loops", "cpu", (ctx) => spin({ signal: ctx.signal, yieldNow: () => ctx.yieldNow() })),
    abortCase("deaf calls", "cpu", () => new Promise((resolve) => setTimeout(resolve, 400))),
  ],
  met: (medians) => Object.values(medians).every((ms) => ms <= 100),
};
