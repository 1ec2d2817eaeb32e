import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, openEditor } from "../support/editor-page.ts";

afterAll(closeBrowser);

const files = { "local-fill/workflow.json": "workflows/tower.json", "local-fill/rocket.jpg": "rocket.jpg" };

test("a run stands in the history with what it made; its exact workflow opens, its pictures are seen and downloaded", async () => {
  const { page, dir } = await openEditor({ files });
  const name = page.getByRole("complementary").getByRole("textbox", { name: "Name", exact: true });
  await name.fill("First try");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.locator(".run-strip.is-succeeded").waitFor({ timeout: 60_000 });
  await name.fill("Changed since");

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
