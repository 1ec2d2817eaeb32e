import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

test("with 2,000 nodes the page holds few of them, dragging one renders nothing, and undo takes it back", async () => {
  const { page } = await openEditor({
    files: { [largeWorkflow(2000)]: "workflows/large.json" },
    ready: "canvas.overview",
  });
  const elements = () => page.evaluate<number>("document.querySelectorAll('*').length");
  expect(await elements()).toBeLessThan(3500);
  await page.locator(".canvas").focus();
  await page.keyboard.press("Control+0");
  await expect.poll(() => page.locator(".node-title:visible").count()).toBeGreaterThan(4);
  expect(await elements()).toBeLessThan(3500);

  const title = page.locator(".node-title:visible").nth(3);
  const box = (await title.boundingBox())!;
  const from = { x: box.x + 20, y: box.y + 8 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y + 8);
  await page.waitForTimeout(300);
  await page.evaluate(`{
    window.changes = 0;
    const count = (records) => (window.changes += records.length);
    new MutationObserver(count).observe(document.querySelector(".canvas"), { childList: true, characterData: true, subtree: true });
  }`);
  for (let step = 2; step < 12; step++) await page.mouse.move(from.x + step * 8, from.y + step * 8);
  expect(await page.evaluate("window.changes")).toBe(0);
  await page.mouse.up();
  expect(await page.getByLabel("Unsaved changes").count()).toBe(1);
  await page.keyboard.press("Control+z");
  expect(await page.getByLabel("Unsaved changes").count()).toBe(0);
}, 120_000);
