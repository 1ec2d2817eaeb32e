import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, openEditor } from "../support/editor-page.ts";
import { write } from "../support/write.ts";

afterAll(closeBrowser);

interface SavedFile {
  readonly nodes: Record<string, { readonly type: string; readonly inputs: unknown }>;
  readonly workflows: Record<string, { readonly nodes: object }>;
}

test("nodes become a sub-workflow, which is entered, changed, named, left and unpacked", async () => {
  const { page, dir } = await openEditor();
  const read = () => JSON.parse(readFileSync(join(dir, "workflows/remove-spoon.json"), "utf8")) as SavedFile;
  await page.locator('[data-node="mask"] .node-title').click();
  await page.locator('[data-node="feather"] .node-title').click({ modifiers: ["Shift"] });
  await page.keyboard.press("Control+Shift+e");
  await expect.poll(() => page.locator("[data-node]").count()).toBe(4);
  // What was just made is called something.
  await page.getByRole("textbox", { name: "Title of the node" }).waitFor();
  await page.keyboard.type("Spoon outline");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.locator('[data-node="part"] .node-title').textContent()).toBe("Spoon outline");
  await page.locator('[data-node="part"] .node-title').dblclick();
  await page.getByRole("navigation").waitFor();
  await expect.poll(() => page.locator("[data-node]").count()).toBe(2);
  await page.getByRole("switch", { name: "Invert" }).first().click();
  await write(page.getByLabel("Name of the sub-workflow"), "Spoon mask");
  await page.keyboard.press("Enter");
  await page.locator(".canvas").focus();
  await page.keyboard.press("Escape");
  await expect.poll(() => page.locator("[data-node]").count()).toBe(4);
  await page.keyboard.press("Control+s");
  await expect.poll(() => read().nodes["part"]?.type).toBe("workflow/spoon-mask");
  expect(Object.keys(read().workflows["spoon-mask"]!.nodes)).toEqual(["mask", "feather"]);

  // It is a type of node like any other, and each use of it stands for the same inside.
  await page.locator(".canvas").press("Tab");
  await page.getByRole("combobox", { name: "Add a node" }).waitFor();
  await page.keyboard.type("spoon-mask");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.locator("[data-node]").count()).toBe(5);
  await page.locator(".canvas").focus();
  await page.keyboard.press("Control+s");
  const uses = () => Object.values(read().nodes).filter(({ type }) => type === "workflow/spoon-mask");
  await expect.poll(() => uses().length).toBe(2);
  expect(Object.keys(read().workflows)).toEqual(["spoon-mask"]);
  await page.keyboard.press("Control+z");
  await expect.poll(() => page.locator("[data-node]").count()).toBe(4);

  await page.locator('[data-node="part"] .node-title').click({ button: "right" });
  await page.getByRole("menuitem", { name: "Unpack the sub-workflow" }).click();
  await expect.poll(() => page.locator("[data-node]").count()).toBe(5);
  expect(await page.locator(".links path").count()).toBe(5);
  const title = page.locator('[data-node="load"] .node-title');
  const field = page.getByRole("textbox", { name: "Title of the node" });
  // What was unpacked finds its place: a double click that meets a card on its way is none on its title.
  await expect
    .poll(async () => {
      if ((await field.count()) === 0) await title.dblclick({ timeout: 5000 }).catch(() => undefined);
      return field.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
    })
    .toBe(true);
  await write(field, "Photograph");
  await page.keyboard.press("Enter");
  await expect.poll(() => title.textContent()).toBe("Photograph");
}, 60_000);

test("tidying moves the nodes in one step of undo", async () => {
  const { page } = await openEditor();
  await page.locator(".canvas").focus();
  await page.keyboard.press("Alt+t");
  await expect.poll(() => page.getByLabel("Unsaved changes").count(), { timeout: 20_000 }).toBe(1);
  await page.keyboard.press("Control+z");
  expect(await page.getByLabel("Unsaved changes").count()).toBe(0);
}, 60_000);
