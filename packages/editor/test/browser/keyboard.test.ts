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

test("Ctrl+Z in a text field takes back what was typed there, and never a step of the document", async () => {
  const { page } = await openEditor();
  const bypassed = page.locator('[data-node="save"].is-bypass');
  await page.locator('[data-node="save"] .node-title').click();
  await page.keyboard.press("Control+b");
  await bypassed.waitFor();
  const prompt = page.getByLabel("Prompt", { exact: true }).first();
  const before = await prompt.inputValue();
  await prompt.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("!");
  await expect.poll(() => prompt.inputValue()).toBe(`${before}!`);
  await page.keyboard.press("Control+z");
  await expect.poll(() => prompt.inputValue()).toBe(before);
  for (const key of ["Control+z", "Control+b", "Control+y"]) await page.keyboard.press(key);
  expect(await bypassed.count()).toBe(1);
  await page.locator(".canvas").focus();
  await expect
    .poll(async () => {
      await page.keyboard.press("Control+z");
      return bypassed.count();
    })
    .toBe(0);
  expect(await prompt.inputValue()).toBe(before);
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
