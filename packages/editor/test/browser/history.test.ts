import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, openEditor } from "../support/editor-page.ts";
import { write } from "../support/write.ts";

afterAll(closeBrowser);

const files = { "local-fill/workflow.json": "workflows/tower.json", "local-fill/rocket.jpg": "rocket.jpg" };

/** Runs in the page: how wide the picture on the clipboard is. */
const copiedWidth = `navigator.clipboard.read().then(async ([item]) =>
  item?.types.includes("image/png") ? (await createImageBitmap(await item.getType("image/png"))).width : 0)`;

test("a run stands in the history with what it made; its exact workflow opens, its pictures are seen and downloaded", async () => {
  const { page, dir } = await openEditor({ files });
  const name = page.getByRole("complementary").getByRole("textbox", { name: "Name", exact: true });
  await write(name, "First try");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.locator(".run-strip.is-succeeded").waitFor({ timeout: 60_000 });
  await write(name, "Changed since");

  await page.getByRole("button", { name: /^History of runs/ }).click();
  const entry = page.locator(".history-run");
  await expect.poll(() => entry.count()).toBe(1);
  expect(await entry.textContent()).toMatch(/First try.*Succeeded.*5 run, 0 cached/);

  await page.getByRole("tab", { name: "Pictures" }).click();
  const download = page.waitForEvent("download");
  await page
    .getByRole("link", { name: /^Download / })
    .first()
    .click();
  const taken = await download;
  const saved = readFileSync(join(dir, "outputs", taken.suggestedFilename()));
  expect(readFileSync(await taken.path()).equals(saved)).toBe(true);
  await page
    .getByRole("button", { name: /^Copy / })
    .first()
    .click();
  await expect.poll(() => page.evaluate(copiedWidth), { timeout: 30_000 }).toBe((await sharp(saved).metadata()).width);
  await page.locator(".history-gallery button").first().click();
  await page.locator(".viewer-stage canvas").waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => page.locator(".viewer-stage").count()).toBe(0);
  expect(await page.locator(".history-gallery").count()).toBe(1);

  await page.getByRole("tab", { name: "Pictures" }).press("ArrowLeft");
  await entry.getByRole("button", { name: "Open this exact workflow" }).click();
  await page.getByRole("button", { name: "Go on without saving" }).click();
  await expect.poll(() => page.getByRole("heading", { level: 1 }).textContent()).toBe("First try");
}, 120_000);

test("two runs are compared beside each other; runs are found by words, told node by node, and taken along as code", async () => {
  const { page, dir } = await openEditor({ files });
  const patient = { timeout: 30_000 };
  const name = page.getByRole("complementary").getByRole("textbox", { name: "Name", exact: true });
  const outputs = join(dir, "outputs");
  const made = () => (existsSync(outputs) ? readdirSync(outputs).length : 0);
  for (const [index, title] of ["First cup", "Second cup"].entries()) {
    await write(name, title);
    await page.locator('[data-node="fill"] .row-control input').first().click();
    await page.keyboard.press("Control+a");
    await page.keyboard.type(`${index + 7}`);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
    await expect.poll(made, patient).toBe(index + 1);
    await page.locator(".run-strip.is-succeeded").waitFor({ timeout: 60_000 });
    await page.locator(".canvas").click({ position: { x: 600, y: 60 } });
  }
  await page.getByRole("button", { name: /^History of runs/ }).click();
  const entries = page.locator(".history-run");
  await expect.poll(() => entries.count(), patient).toBe(2);

  await write(page.getByRole("searchbox", { name: "Search in names and inputs" }), "first c");
  await expect.poll(() => entries.count(), patient).toBe(1);
  await entries.getByRole("button", { name: "Details" }).click();
  await expect.poll(() => entries.getByRole("row").count(), patient).toBe(6);
  await entries.getByRole("button", { name: "Copy as code" }).click();
  await expect.poll(() => page.evaluate("navigator.clipboard.readText()"), patient).toContain("inlay.run(");
  await write(page.getByRole("searchbox"), "");
  await expect.poll(() => entries.count(), patient).toBe(2);

  await page.getByRole("tab", { name: "Pictures" }).click();
  const chosen = page.getByRole("checkbox", { name: /^Compare / });
  await chosen.nth(0).click();
  await chosen.nth(1).click();
  await page.getByRole("button", { name: "Compare 2 of 2" }).click();
  await page.getByRole("button", { name: "Side by side" }).click();
  await expect.poll(() => page.locator(".compare-name").count(), patient).toBe(2);
}, 120_000);
