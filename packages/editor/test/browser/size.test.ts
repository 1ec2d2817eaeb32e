import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, dragTo, openEditor } from "../support/editor-page.ts";
import { write } from "../support/write.ts";

afterAll(closeBrowser);

const workflow = {
  inlay: 1,
  inputs: { wide: { type: "integer", default: 400 } },
  nodes: {
    load: { type: "image/load", version: 1, inputs: { source: { $file: "coffee.png" } } },
    plain: { type: "image/solid", version: 1, inputs: { width: { $input: "wide" }, height: 300 } },
  },
  view: { nodes: { load: { x: 0, y: 0 }, plain: { x: 320, y: 0 } } },
};

test("a size is typed with its shape locked, swapped, chosen and taken from a picture, each in one step", async () => {
  const { page, dir } = await openEditor({
    files: { "remove-spoon/coffee.png": "coffee.png" },
    texts: { "workflows/size.json": JSON.stringify(workflow) },
  });
  const card = page.locator('[data-node="plain"]');
  const shown = async () => [
    await card.getByLabel("Width", { exact: true }).inputValue(),
    await card.getByLabel("Height", { exact: true }).inputValue(),
  ];
  await card.getByRole("button", { name: "Keep the shape" }).click();
  await type(page, "Width", "400*2");
  await expect.poll(shown).toEqual(["800", "600"]);
  await page.keyboard.press("Control+z");
  await expect.poll(shown).toEqual(["400", "300"]);
  await type(page, "Height", "150");
  await expect.poll(shown).toEqual(["200", "150"]);
  await card.getByRole("button", { name: "Swap width and height" }).click();
  await expect.poll(shown).toEqual(["150", "200"]);

  const choose = card.getByRole("button", { name: "Shapes and common sizes" });
  await choose.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Size of Plain Image" }).waitFor();
  await page.getByRole("button", { name: "9:16" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(shown).toEqual(["113", "200"]);
  await expect.poll(() => page.locator(":focus").getAttribute("aria-label")).toBe("Shapes and common sizes");

  await choose.click();
  await page.getByRole("button", { name: "Load Image: 600 × 400" }).click();
  await expect.poll(shown).toEqual(["600", "400"]);
  await page.keyboard.press("Control+z");
  await expect.poll(shown).toEqual(["113", "200"]);
  await page.keyboard.press("Control+s");
  await expect
    .poll(() => JSON.parse(readFileSync(join(dir, "workflows/size.json"), "utf8")) as unknown)
    .toMatchObject({
      inputs: { wide: { type: "integer", default: 113 } },
      nodes: { plain: { inputs: { width: { $input: "wide" }, height: 200 } } },
    });
}, 120_000);

test("a number is scrubbed, a colour typed, a field becomes a named input and a field again, and its value goes back to the default", async () => {
  const { page, dir } = await openEditor({
    files: { "remove-spoon/coffee.png": "coffee.png" },
    texts: { "workflows/size.json": JSON.stringify(workflow) },
  });
  const card = page.locator('[data-node="plain"]');
  const height = card.getByRole("textbox", { name: "Height", exact: true });
  const box = (await height.boundingBox())!;
  const grip = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await dragTo(page, grip, { x: grip.x + 40, y: grip.y });
  await expect.poll(() => height.inputValue()).toBe("310");
  await page.keyboard.press("Control+z");
  await expect.poll(() => height.inputValue()).toBe("300");

  const saved = async () => {
    await page.locator(".canvas").focus();
    await page.keyboard.press("Control+s");
    await expect.poll(() => page.getByLabel("Unsaved changes").count()).toBe(0);
    const { inputs, nodes } = JSON.parse(readFileSync(join(dir, "workflows/size.json"), "utf8")) as {
      readonly inputs: Readonly<Record<string, object>>;
      readonly nodes: { readonly plain: { readonly inputs: Readonly<Record<string, unknown>> } };
    };
    return { input: inputs["color"], field: nodes.plain.inputs["color"] };
  };
  const colour = card.locator(".field-color .field-input");
  const picker = card.locator("input[type=color]");
  await write(colour, "#3366");
  await expect.poll(() => colour.getAttribute("aria-invalid")).toBe("true");
  await write(colour, "#33669980");
  await expect.poll(() => picker.inputValue()).toBe("#336699");
  expect(await saved()).toEqual({ input: undefined, field: "#33669980" });

  await card.locator(".node-title").click();
  await page.getByRole("button", { name: "Make Colour a named input" }).click();
  await page.getByRole("button", { name: "Take Colour back from the named input" }).waitFor();
  expect(await saved()).toMatchObject({ input: { default: "#33669980" }, field: { $input: "color" } });
  await write(colour, "#102030");
  expect(await saved()).toMatchObject({ input: { default: "#102030" }, field: { $input: "color" } });
  await page.getByRole("button", { name: "Take Colour back from the named input" }).click();
  expect(await saved()).toEqual({ input: undefined, field: "#102030" });
  await page.getByRole("button", { name: 'Back to "#ffffff"' }).click();
  await expect.poll(() => colour.inputValue()).toBe("#ffffff");
  expect(await saved()).toEqual({ input: undefined, field: undefined });
}, 120_000);

async function type(page: Page, label: string, text: string): Promise<void> {
  await page.locator('[data-node="plain"]').getByLabel(label, { exact: true }).click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
}
