import { afterAll, expect, test } from "vitest";
import { closeBrowser, openEditor } from "../support/editor-page.ts";

afterAll(closeBrowser);

const files = { "local-fill/workflow.json": "workflows/tower.json", "local-fill/rocket.jpg": "rocket.jpg" };
const patient = { timeout: 30_000 };

test("nodes are pasted in another tab, with Shift with the links that came into them from outside", async () => {
  const { page, context } = await openEditor({ files });
  const other = await context.newPage();
  await other.goto(page.url());
  await other.locator("[data-node]").first().waitFor();

  await page.bringToFront();
  await page.locator('[data-node="feather"] .node-title').click();
  await page.keyboard.press("Control+c");

  await other.bringToFront();
  const links = () => other.locator(".links path").count();
  const nodes = () => other.locator('[data-node^="feather"]').count();
  await expect.poll(links, patient).toBe(5);
  await other.mouse.click(700, 740);
  await other.keyboard.press("Control+v");
  await expect.poll(nodes, patient).toBe(2);
  expect(await links()).toBe(5);
  await other.keyboard.press("Control+z");
  await expect.poll(nodes, patient).toBe(1);
  await other.keyboard.press("Control+Shift+V");
  await expect.poll(nodes, patient).toBe(2);
  await expect.poll(links, patient).toBe(6);
}, 120_000);
