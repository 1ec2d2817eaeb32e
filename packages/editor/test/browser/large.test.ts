import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, openEditor } from "../support/editor-page.ts";

const folder = mkdtempSync(join(tmpdir(), "inlay-large-"));
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await closeBrowser();
});

/** A grid of nodes, each fed by its left and its upper neighbour. */
function largeWorkflow(count: number): string {
  const columns = Math.ceil(Math.sqrt(count));
  const id = (index: number) => `n${Math.max(0, index)}`;
  const nodes: Record<string, object> = { n0: { type: "image/load", version: 1, inputs: {} } };
  const view: Record<string, object> = { n0: { x: 0, y: 0 } };
  for (let i = 1; i < count; i++) {
    const inputs = { background: { $link: [id(i - 1), "image"] }, foreground: { $link: [id(i - columns), "image"] } };
    nodes[id(i)] = { type: "image/blend", version: 1, inputs };
    view[id(i)] = { x: (i % columns) * 340, y: Math.floor(i / columns) * 330 };
  }
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${count}.json`);
  writeFileSync(path, JSON.stringify({ inlay: 1, nodes, view: { nodes: view } }));
  return path;
}

/** Counts what React commits, which frames are asked for and which canvases are drawn; in the page, before its own scripts. */
const countInPage = `{
  window.counts = { commits: 0, frames: 0, overview: 0, minimap: 0 };
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...area) {
    window.counts[this.canvas.className.split("-")[0]]++;
    clear.apply(this, area);
  };
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
  window.requestAnimationFrame = (callback) => {
    window.counts.frames++;
    return request.call(window, callback);
  };
}`;

type Counted = "commits" | "frames" | "overview" | "minimap";

const count = (page: Page, name: Counted) => page.evaluate<number>(`window.counts.${name}`);

/** Notes what is written to the canvas's elements, how often: `{ "path d": 4 }`. */
const noteWrites = `{
  const written = (window.written = {});
  const observer = new MutationObserver((records) => {
    for (const { target, attributeName } of records) {
      const name = target.nodeName.toLowerCase() + " " + (attributeName ?? "children");
      written[name] = (written[name] ?? 0) + 1;
    }
  });
  observer.observe(document.querySelector(".canvas"), { subtree: true, attributes: true, childList: true });
}`;

/** What is written to the canvas's elements while something is done, and in the two frames after it. */
async function writes(page: Page, act: () => Promise<void>): Promise<Readonly<Record<string, number>>> {
  await page.evaluate(noteWrites);
  await act();
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  return page.evaluate("window.written");
}

/** Waits until something stays as it is for a while; what changes for ever is given up. */
async function settled(page: Page, read: () => Promise<number>, ms = 500): Promise<number> {
  let before = -1;
  for (let now = await read(), tries = 0; now !== before; now = await read()) {
    if (tries++ > 60) throw new Error("It does not come to rest.");
    before = now;
    await page.waitForTimeout(ms);
  }
  return before;
}

/** What the browser counts of a page, after a full collection. */
async function counters(page: Page): Promise<{ readonly nodes: number; readonly listeners: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const metric = (name: string) => metrics.find((one) => one.name === name)!.value;
  return { nodes: metric("Nodes"), listeners: metric("JSEventListeners") };
}

/** How many layouts scripts force while something is done: those that have a stack. */
async function forcedLayouts(page: Page, act: () => Promise<void>): Promise<number> {
  const browser = page.context().browser()!;
  const categories = ["devtools.timeline", "disabled-by-default-devtools.timeline.stack"];
  await browser.startTracing(page, { categories });
  await act();
  const trace = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] };
  return trace.traceEvents.filter(({ name, args }) => name === "Layout" && args?.beginData?.stackTrace).length;
}

interface TraceEvent {
  readonly name: string;
  readonly args?: { readonly beginData?: { readonly stackTrace?: readonly unknown[] } };
}

test("with 2,000 nodes the page holds few of them, dragging one writes only it and its links, and it rests when it is done", async () => {
  const { page } = await openEditor({
    files: { [largeWorkflow(2000)]: "workflows/large.json" },
    ready: "canvas.overview",
  });
  await page.addInitScript(countInPage);
  await page.reload();
  await page.locator("canvas.overview").waitFor();
  await settled(page, () => count(page, "frames"), 1000);
  const far = await counters(page);
  expect([far.nodes <= 3000, far.listeners <= 6000], JSON.stringify(far)).toEqual([true, true]);

  // From afar a pan moves the picture of all nodes, and draws it anew when it is over.
  const drawn = await count(page, "overview");
  await page.mouse.move(700, 400);
  await page.mouse.down({ button: "middle" });
  const panned = await writes(page, async () => {
    for (let step = 1; step <= 10; step++) await page.mouse.move(700 - step * 8, 400);
  });
  expect([panned["canvas style"]! > 0, (await count(page, "overview")) - drawn <= 1]).toEqual([true, true]);
  await page.mouse.up({ button: "middle" });

  await page.locator(".canvas").focus();
  await page.keyboard.press("Control+0");
  await expect.poll(() => page.locator(".node-title:visible").count()).toBeGreaterThan(4);
  await settled(page, () => count(page, "commits"));
  const near = await counters(page);
  expect([near.nodes <= 3000, near.listeners <= 6000], JSON.stringify(near)).toEqual([true, true]);

  const title = page.locator(".node-title:visible").nth(3);
  const box = (await title.boundingBox())!;
  const from = { x: box.x + 20, y: box.y + 8 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y + 8);
  const commits = await settled(page, () => count(page, "commits"));
  const minimaps = await count(page, "minimap");
  const moves = 10;
  let written: Readonly<Record<string, number>> = {};
  const forced = await forcedLayouts(page, async () => {
    written = await writes(page, async () => {
      for (let step = 2; step < 2 + moves; step++) await page.mouse.move(from.x + step * 8, from.y + step * 8);
    });
  });
  expect([await count(page, "commits"), forced]).toEqual([commits, 0]);
  // A move places one card, leads its four links, and may show a line that it snaps to.
  expect(Object.keys(written).toSorted()).toEqual(["div style", "path d"]);
  expect(written["div style"]).toBeLessThanOrEqual(moves);
  expect(written["path d"]).toBeLessThanOrEqual(moves * 5);
  expect((await count(page, "minimap")) - minimaps).toBeLessThan(moves);
  await page.mouse.up();
  await expect.poll(() => page.getByLabel("Unsaved changes").count()).toBe(1);
  await page.keyboard.press("Control+z");
  await expect.poll(() => page.getByLabel("Unsaved changes").count()).toBe(0);
  // Two seconds in which no frame is asked for.
  await settled(page, () => count(page, "frames"), 2000);
}, 120_000);
