import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, openEditor } from "../support/editor-page.ts";

afterAll(closeBrowser);

const files = { "local-fill/workflow.json": "workflows/tower.json", "local-fill/rocket.jpg": "rocket.jpg" };

test("Run runs what is shown, saved or not, and every node says how it went", async () => {
  const { page, dir } = await openEditor({ files });
  await page.getByRole("textbox", { name: "Name", exact: true }).first().fill("not-saved");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.locator(".run-strip.is-succeeded").waitFor({ timeout: 45_000 });
  expect(await page.locator(".node-status.is-succeeded").count()).toBe(5);
  expect(readdirSync(join(dir, "outputs")).filter((name) => name.endsWith(".png"))).toEqual(["not-saved.png"]);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.locator(".node-status.is-cached").first().waitFor({ timeout: 45_000 });
}, 120_000);

test("a run that cannot start says why, and what to do", async () => {
  const { page } = await openEditor({ files });
  await page.locator('[data-node="fill"] .node-title').click();
  await page.keyboard.press("Control+m");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.locator(".run-strip.is-failed").waitFor({ timeout: 45_000 });
  expect(await page.locator(".run-strip").textContent()).toContain("Failed:");
  await page.locator(".canvas").focus();
  await page.keyboard.press("Control+z");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.locator(".run-strip.is-succeeded").waitFor({ timeout: 45_000 });
}, 120_000);
