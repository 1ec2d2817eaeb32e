import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, openEditor } from "../support/editor-page.ts";

afterAll(closeBrowser);

test("a graph is built and linked by keyboard alone, and every step is said", async () => {
  const { page, dir } = await openEditor({ isEmpty: true });
  const { keyboard } = page;
  const add = async (name: string): Promise<void> => {
    await page.locator(".canvas").press("Tab");
    await page.getByRole("combobox", { name: "Add a node" }).waitFor();
    await keyboard.type(name);
    await keyboard.press("Enter");
  };
  await page.locator(".canvas").focus();
  await add("load image");
  await keyboard.press("Escape");
  await add("blur image");
  await keyboard.press("Escape");
  await expect.poll(() => page.locator("[data-node]").count()).toBe(2);
  await keyboard.press("ArrowRight");
  await expect.poll(() => page.evaluate("document.activeElement?.dataset.node")).toBe("load");
  await keyboard.press("l");
  await expect.poll(() => page.locator("[aria-live]").textContent()).toContain("Blur Image, Image. 1 of");
  await keyboard.press("Enter");
  await expect.poll(() => page.locator("[aria-live]").textContent()).toBe("Linked Load Image to Blur Image");
  await keyboard.press("Control+s");
  await page.getByRole("textbox", { name: "File in the workspace" }).waitFor();
  await keyboard.press("Enter");
  const saved = () => JSON.parse(readFileSync(join(dir, "workflows/untitled.json"), "utf8")) as { nodes: unknown };
  await expect.poll(() => saved().nodes).toMatchObject({ blur: { inputs: { image: { $link: ["load", "image"] } } } });
}, 60_000);

test("arrows go from node to node, Enter into the fields, Escape out again", async () => {
  const { page } = await openEditor();
  const { keyboard } = page;
  const focused = () => page.evaluate("document.activeElement?.dataset.node");
  await page.locator(".canvas").focus();
  await keyboard.press("ArrowRight");
  await expect.poll(focused).toBe("load");
  await keyboard.press("ArrowRight");
  await expect.poll(focused).toBe("mask");
  await keyboard.press("ArrowRight");
  await expect.poll(focused).toBe("feather");
  await keyboard.press("Enter");
  await expect.poll(() => page.evaluate("document.activeElement?.getAttribute('aria-label')")).toBe("Radius");
  await keyboard.press("Escape");
  await expect.poll(focused).toBe("feather");
  await keyboard.press("Control+ArrowDown");
  expect(await page.getByLabel("Unsaved changes").count()).toBe(1);
}, 60_000);

test("Ctrl+Z in a text field is the field's", async () => {
  const { page } = await openEditor();
  const prompt = page.getByLabel("Prompt", { exact: true }).first();
  await prompt.click();
  await page.keyboard.press("End");
  await page.keyboard.type("!");
  await page.keyboard.press("Control+b");
  expect(await page.locator(".is-bypass").count()).toBe(0);
}, 60_000);

test("Ctrl+F goes to a node by its name", async () => {
  const { page } = await openEditor();
  await page.locator(".canvas").focus();
  await page.keyboard.press("Control+f");
  await page.keyboard.type("feat");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate("document.activeElement?.dataset.node")).toBe("feather");
}, 60_000);

test("Delete on a slider is the slider's", async () => {
  const { page } = await openEditor();
  await page.locator('[data-node="feather"] .node-title').click();
  await page.locator('[data-node="feather"] input[type=range]').focus();
  await page.keyboard.press("Delete");
  expect(await page.locator("[data-node]").count()).toBe(5);
}, 60_000);
