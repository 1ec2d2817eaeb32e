import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, openEditor } from "../support/editor-page.ts";
import { write } from "../support/write.ts";

afterAll(closeBrowser);

const files = { "local-fill/workflow.json": "workflows/tower.json", "local-fill/rocket.jpg": "rocket.jpg" };

test("Run runs what is shown, saved or not, and every node says how it went", async () => {
  const { page, dir } = await openEditor({ files });
  await write(page.getByRole("textbox", { name: "Name", exact: true }).first(), "not-saved");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.locator(".run-strip.is-succeeded").waitFor({ timeout: 45_000 });
  expect(await page.locator(".node-status.is-succeeded").count()).toBe(5);
  expect(readdirSync(join(dir, "outputs")).filter((name) => name.endsWith(".png"))).toEqual(["not-saved.png"]);

  // Undo and redo change the document alone: what the run made and what is selected stays.
  const made = page.locator('[data-node="save"] .node-picture img');
  const picture = await made.getAttribute("src");
  await page.locator('[data-node="fill"] .node-title').click();
  for (const key of ["Control+b", "Control+z", "Control+y", "Control+z"]) {
    await page.keyboard.press(key);
    await expect.poll(() => page.locator('[data-node="fill"].is-bypass').count()).toBe(key === "Control+z" ? 0 : 1);
    expect(await made.getAttribute("src")).toBe(picture);
    expect(await page.locator("[data-node].is-selected").count()).toBe(1);
    expect(await page.locator('[data-node="fill"].is-selected').count()).toBe(1);
  }
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
