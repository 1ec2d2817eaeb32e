import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, openEditor } from "../support/editor-page.ts";

afterAll(closeBrowser);

const path = "workflows/remove-spoon.json";

test("unsaved work is found again after the page was closed, and can be restored", async () => {
  const { page, context } = await openEditor();
  await page.getByRole("complementary").getByRole("textbox", { name: "Name", exact: true }).fill("Without the spoon");
  await expect.poll(() => page.getByLabel("Unsaved changes").count()).toBe(1);
  await page.waitForTimeout(1000);
  const address = page.url();
  await page.close({ runBeforeUnload: false });
  const again = await context.newPage();
  await again.goto(address);
  await again.getByRole("dialog").getByRole("button", { name: "Restore them" }).click();
  await expect.poll(() => again.getByRole("heading", { level: 1 }).textContent()).toBe("Without the spoon");
  await again.keyboard.press("Control+z");
  await expect.poll(() => again.getByRole("heading", { level: 1 }).textContent()).toBe("Remove the spoon");
}, 60_000);

test("a file that somebody else changed is not overwritten: a copy, mine or theirs, and nothing is dropped", async () => {
  const { page, dir } = await openEditor();
  const theirs = readFileSync(join(dir, path), "utf8").replace("Remove the spoon", "Theirs");
  await page.getByRole("complementary").getByRole("textbox", { name: "Name", exact: true }).fill("Mine");
  writeFileSync(join(dir, path), theirs);
  await page.keyboard.press("Control+s");
  await page.getByRole("dialog").waitFor();
  expect(readFileSync(join(dir, path), "utf8")).toBe(theirs);
  await page.getByRole("button", { name: "Take the file's, keep mine in undo" }).click();
  await expect.poll(() => page.getByRole("heading", { level: 1 }).textContent()).toBe("Theirs");
  await page.locator(".canvas").focus();
  await page.keyboard.press("Control+z");
  await expect.poll(() => page.getByRole("heading", { level: 1 }).textContent()).toBe("Mine");
  await page.keyboard.press("Control+s");
  await expect.poll(() => readFileSync(join(dir, path), "utf8")).toContain('"name": "Mine"');
}, 60_000);

test("what is saved is what was read, byte for byte, but for what was changed", async () => {
  const { page, dir } = await openEditor();
  const before = readFileSync(join(dir, path), "utf8");
  await page.getByRole("complementary").getByRole("textbox", { name: "Name", exact: true }).fill("Another name");
  await page.keyboard.press("Control+s");
  const wanted = before.replace('"name": "Remove the spoon"', '"name": "Another name"');
  await expect.poll(() => readFileSync(join(dir, path), "utf8")).toBe(wanted);
}, 60_000);

test("a new workflow asks for its file, and a workflow that is not JSON says why it cannot be opened", async () => {
  const { page, dir } = await openEditor({ isEmpty: true });
  await page.getByText("Nothing here yet").waitFor();
  await page.locator(".canvas").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.type("load image");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+s");
  await page.getByRole("textbox", { name: "File in the workspace" }).fill("workflows/new.json");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.getByLabel("Unsaved changes").count()).toBe(0);
  expect(readFileSync(join(dir, "workflows/new.json"), "utf8")).toContain('"type": "image/load"');
  writeFileSync(join(dir, "workflows/new.json"), "{ nothing");
  await page.reload();
  await page.getByRole("alert").filter({ hasText: "workflows/new.json cannot be opened" }).waitFor();
}, 60_000);
