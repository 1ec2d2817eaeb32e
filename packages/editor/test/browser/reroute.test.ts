import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, dragTo, middle, openEditor } from "../support/editor-page.ts";

afterAll(closeBrowser);

/** A point of the page on a link's path, at a part of its length. */
function onLink(page: Page, index: number, part: number): Promise<{ readonly x: number; readonly y: number }> {
  return page.evaluate(`{
    const path = document.querySelectorAll(".links path:not(.link-dots)")[${index}];
    const { x, y } = path.getPointAtLength(path.getTotalLength() * ${part}).matrixTransform(path.getScreenCTM());
    ({ x, y });
  }`);
}

const dots = ".links .link-dots";

/** The circles that a link's dots are: two arcs each. */
async function circles(page: Page): Promise<number> {
  const path = (await page.locator(dots).first().getAttribute("d")) ?? "";
  return path.split("M").length - 1;
}

test("a double click on a link adds a reroute point, which is dragged and deleted, each in one step of undo", async () => {
  const { page, dir } = await openEditor();
  const at = await onLink(page, 4, 0.5);
  await page.mouse.dblclick(at.x, at.y);
  await expect.poll(() => page.locator(dots).count()).toBe(1);
  expect(await page.locator(".search").count()).toBe(0);
  const straight = await onLink(page, 4, 0.5);
  await dragTo(page, at, { x: at.x + 10, y: at.y - 70 });
  const height = async () => Math.round((await onLink(page, 4, 0.5)).y);
  await expect.poll(height).toBeLessThan(straight.y - 40);

  await page.keyboard.press("Control+s");
  const file = () => JSON.parse(readFileSync(join(dir, "workflows/remove-spoon.json"), "utf8"));
  await expect
    .poll(() => Object.values<{ points: unknown[] }>(file().view.links ?? {}).map((l) => l.points.length))
    .toEqual([1]);

  await page.keyboard.press("Control+z");
  await expect.poll(height).toBe(Math.round(straight.y));
  await page.keyboard.press("Control+Shift+Z");
  await page.mouse.click(at.x + 10, at.y - 70);
  await page.keyboard.press("Delete");
  await expect.poll(() => circles(page)).toBe(0);
  await page.keyboard.press("Control+z");
  await expect.poll(() => circles(page)).toBeGreaterThan(0);

  await page.keyboard.down("Alt");
  await page.mouse.click(at.x + 10, at.y - 70);
  await page.keyboard.up("Alt");
  await expect.poll(() => circles(page)).toBe(0);
  await page.keyboard.press("Control+z");

  await page.mouse.move(at.x + 10, at.y - 70);
  await page.mouse.down();
  await page.mouse.move(at.x + 80, at.y + 40, { steps: 3 });
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect.poll(height).toBeLessThan(straight.y - 40);
}, 90_000);

test("by keys alone a node's link is chosen, led through a point, moved and made straight; moving both nodes moves the point", async () => {
  const { page } = await openEditor();
  await page.locator(".canvas").focus();
  await page.keyboard.press("Control+f");
  await page.keyboard.type("Save");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate("document.activeElement?.dataset.node")).toBe("save");
  await page.keyboard.press("Shift+L");
  await expect.poll(() => page.locator(".link.is-selected").count()).toBe(1);
  expect(await page.locator("body").textContent()).toContain("B adds a reroute point");
  await page.keyboard.press("b");
  await expect.poll(() => circles(page)).toBe(2);
  const height = async () => Math.round((await middle(page, dots)).y);
  const before = await height();
  for (let step = 0; step < 3; step++) await page.keyboard.press("Control+ArrowUp");
  await expect.poll(height).toBeLessThan(before - 15);
  const after = await height();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+ArrowDown");
  await expect.poll(height).toBeGreaterThan(after + 4);
  await page.keyboard.press("Control+z");
  await expect.poll(height).toBe(after);
  await page.keyboard.press("Shift+L");
  await page.keyboard.press("Shift+B");
  await page.keyboard.press("Delete");
  await expect.poll(() => circles(page)).toBe(0);
}, 90_000);
