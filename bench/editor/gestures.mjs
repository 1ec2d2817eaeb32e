/** Counts what React commits and which frames are asked for: to be put into a page before its own scripts. */
export function countInPage() {
  window.counts = { commits: 0, frames: 0 };
  window.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    supportsFiber: true,
    renderers: new Map(),
    inject: () => 1,
    checkDCE() {},
    onCommitFiberRoot: () => void window.counts.commits++,
    onCommitFiberUnmount() {},
    onPostCommitFiberRoot() {},
  };
  const request = window.requestAnimationFrame;
  window.ownFrame = (callback) => request.call(window, callback);
  window.requestAnimationFrame = (callback) => {
    window.counts.frames++;
    return request.call(window, callback);
  };
}

/** Reads the browser's counters of a page. Its `TaskDuration` counts the waiting for a processor too; `ThreadTime` does not. */
export async function openMeter(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const metrics = async () => {
    const { metrics: list } = await session.send("Performance.getMetrics");
    return Object.fromEntries(list.map(({ name, value }) => [name, value]));
  };
  return {
    metrics,
    collectGarbage: () => session.send("HeapProfiler.collectGarbage"),
    /** CPU milliseconds and wall milliseconds a step, dropped frames, and React's commits while something is done. */
    async during(steps, act) {
      const [before, commits] = [await metrics(), await page.evaluate("window.counts.commits")];
      await page.evaluate(recordFrames);
      const begun = performance.now();
      await act();
      const wall = performance.now() - begun;
      const dropped = await page.evaluate("window.stopFrames()");
      const after = await metrics();
      return {
        cpu: ((after.ThreadTime - before.ThreadTime) * 1000) / steps,
        step: wall / steps,
        dropped,
        commits: (await page.evaluate("window.counts.commits")) - commits,
      };
    },
  };
}

/** How many layouts scripts force while something is done: those that have a stack. */
export async function forcedLayouts(browser, page, act) {
  const categories = ["devtools.timeline", "disabled-by-default-devtools.timeline.stack"];
  await browser.startTracing(page, { categories });
  await act();
  const { traceEvents } = JSON.parse(String(await browser.stopTracing()));
  return traceEvents.filter(({ name, args }) => name === "Layout" && args?.beginData?.stackTrace?.length > 0).length;
}

function recordFrames() {
  let [last, dropped, isOn] = [performance.now(), 0, true];
  const tick = () => {
    const now = performance.now();
    dropped += Math.max(0, Math.round((now - last) / (1000 / 60)) - 1);
    last = now;
    if (isOn) window.ownFrame(tick);
  };
  window.ownFrame(tick);
  window.stopFrames = () => {
    isOn = false;
    return dropped;
  };
}
