import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, dragTo, middle, openEditor } from "../support/editor-page.ts";

afterAll(closeBrowser);

const card = (page: Page, id: string) => page.locator(`[data-node="${id}"]`);
const boxOf = async (page: Page, id: string) => (await card(page, id).boundingBox())!;

test("a node is resized by its edge and its corner, Escape takes it back, keys do the same, and the file says so", async () => {
  const { page, dir } = await openEditor();
  const before = await boxOf(page, "inpaint");
  const [right, bottom] = [before.x + before.width, before.y + before.height];
  await dragTo(page, { x: right - 1, y: before.y + 8 }, { x: right + 60, y: before.y + 8 });
  const wider = await boxOf(page, "inpaint");
  expect(wider.width - before.width).toBeGreaterThan(50);
  expect(wider.height).toBeCloseTo(before.height, 0);
  await dragTo(
    page,
    { x: wider.x + wider.width - 2, y: bottom - 2 },
    { x: wider.x + wider.width - 32, y: bottom + 48 },
  );
  const higher = await boxOf(page, "inpaint");
  expect(higher.height - before.height).toBeGreaterThan(40);
  expect(higher.width).toBeLessThan(wider.width - 20);

  await page.mouse.move(higher.x + higher.width - 1, higher.y + 8);
  await page.mouse.down();
  await page.mouse.move(higher.x + higher.width + 90, higher.y + 8, { steps: 3 });
  await page.keyboard.press("Escape");
  await page.mouse.up();
  expect((await boxOf(page, "inpaint")).width).toBeCloseTo(higher.width, 0);

  await page.locator('[data-node="inpaint"] .node-title').click();
  await page.keyboard.press("Control+Shift+ArrowRight");
  expect((await boxOf(page, "inpaint")).width).toBeGreaterThan(higher.width + 4);
  await page.keyboard.press("Control+s");
  const view = () => JSON.parse(readFileSync(join(dir, "workflows/remove-spoon.json"), "utf8")).view.nodes.inpaint;
  await expect.poll(view).toMatchObject({ w: expect.any(Number), h: expect.any(Number) });

  for (let step = 0; step < 3; step++) await page.keyboard.press("Control+z");
  const undone = await boxOf(page, "inpaint");
  expect([undone.width, undone.height]).toEqual([before.width, before.height]);

  // By its left upper corner the right lower one stays where it is.
  await dragTo(page, { x: before.x + 2, y: before.y + 2 }, { x: before.x - 28, y: before.y - 38 });
  const pulled = await boxOf(page, "inpaint");
  expect([before.x - pulled.x, before.y - pulled.y].map(Math.round)).toEqual([30, 40]);
  expect([pulled.x + pulled.width - right, pulled.y + pulled.height - bottom].map(Math.round)).toEqual([0, 0]);
  await page.keyboard.press("Control+z");
  const back = await boxOf(page, "inpaint");
  expect([back.x, back.y, back.width, back.height]).toEqual([before.x, before.y, before.width, before.height]);
}, 90_000);

test("what is dragged to the canvas's edge takes the view along: a node, a link, an area", async () => {
  const { page } = await openEditor();
  const canvas = (await page.locator(".canvas").boundingBox())!;
  const edge = { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height - 6 };
  const load = () => boxOf(page, "load");
  /** Holds the pointer at the edge until the view has moved. */
  const hold = async () => {
    const before = await load();
    await page.mouse.move(edge.x, edge.y, { steps: 8 });
    await expect.poll(async () => before.y - (await load()).y, { timeout: 30_000 }).toBeGreaterThan(60);
  };
  // Pictures make cards higher when they are there.
  await page.locator('[data-node="mask"] polygon').waitFor();
  await page.locator(".canvas").focus();
  await page.keyboard.press(".");
  await page.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))");
  const save = await middle(page, '[data-node="save"] .node-title');
  await page.mouse.move(save.x, save.y);
  await page.mouse.down();
  await hold();
  const held = await middle(page, '[data-node="save"] .node-title');
  expect(Math.abs(held.y - edge.y)).toBeLessThan(40);
  await page.mouse.up();
  await page.keyboard.press("Control+z");
  for (let step = 0; step < 2; step++) await page.keyboard.press("Escape");
  await page.keyboard.press(".");
  await expect
    .poll(async () => Math.abs((await middle(page, '[data-node="save"] .node-title')).y - save.y))
    .toBeLessThan(3);

  const socket = await middle(page, '[data-socket="load.output.image"]');
  await page.mouse.move(socket.x, socket.y);
  await page.mouse.down();
  await hold();
  await page.keyboard.press("Escape");
  await page.mouse.up();

  await page.keyboard.press(".");
  await page.keyboard.down("Shift");
  await page.mouse.move(canvas.x + 20, canvas.y + 20);
  await page.mouse.down();
  await hold();
  await page.mouse.up();
  await page.keyboard.up("Shift");
  expect(await page.locator(".node.is-selected").count()).toBeGreaterThan(0);
}, 90_000);
