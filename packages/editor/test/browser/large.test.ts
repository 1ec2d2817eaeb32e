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

/** Counts what React commits and which frames are asked for; in the page, before its own scripts. */
const countInPage = `{
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
  window.requestAnimationFrame = (callback) => {
    window.counts.frames++;
    return request.call(window, callback);
  };
}`;

const count = (page: Page, name: "commits" | "frames") => page.evaluate<number>(`window.counts.${name}`);

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

test("with 2,000 nodes the page holds few of them, dragging one renders and lays out nothing, and it rests when it is done", async () => {
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
  const forced = await forcedLayouts(page, async () => {
    for (let step = 2; step < 12; step++) await page.mouse.move(from.x + step * 8, from.y + step * 8);
  });
  expect([await count(page, "commits"), forced]).toEqual([commits, 0]);
  await page.mouse.up();
  await expect.poll(() => page.getByLabel("Unsaved changes").count()).toBe(1);
  await page.keyboard.press("Control+z");
  await expect.poll(() => page.getByLabel("Unsaved changes").count()).toBe(0);
  // Two seconds in which no frame is asked for.
  await settled(page, () => count(page, "frames"), 2000);
}, 120_000);
