import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, dragTo, middle, openEditor, openEmpty } from "../support/editor-page.ts";
import { write } from "../support/write.ts";

afterAll(closeBrowser);

const path = "workflows/remove-spoon.json";

const nameOf = (page: Page) => page.getByRole("complementary").getByRole("textbox", { name: "Name", exact: true });

/** What the browser has kept of unsaved work, newest first, asked from another page. */
const draftsIn = (page: Page) =>
  page.evaluate(`new Promise((resolve) => {
    const request = indexedDB.open("inlay", 1);
    request.onsuccess = () => {
      const all = request.result.transaction("drafts").objectStore("drafts").getAll();
      all.onsuccess = () => { request.result.close(); resolve(all.result.map(({ text }) => text).join()); };
    };
  })`) as Promise<string>;

/** How long before a crash work may have been done to be lost, at the most. */
const lost = 1000;

test(
  "a tab that is killed loses no more than a second, and the next one offers the rest; a tab that lives is left alone",
  { retry: 2, timeout: 60_000 },
  async () => {
    const { page, context } = await openEditor();
    const address = page.url();
    const watcher = await context.newPage();
    await watcher.goto(address);
    await watcher.locator("[data-node]").first().waitFor();
    await write(nameOf(page), "Without the spoon");
    await page.waitForTimeout(lost);
    const crashed = page.waitForEvent("crash");
    await page.goto("chrome://crash").catch(() => undefined);
    await crashed;
    await watcher.reload();
    await watcher.getByRole("dialog").getByRole("button", { name: "Restore them" }).click();
    const heading = () => watcher.getByRole("heading", { level: 1 }).textContent();
    await expect.poll(heading).toBe("Without the spoon");
    await watcher.keyboard.press("Control+z");
    await expect.poll(heading).toBe("Remove the spoon");

    const live = watcher;
    await write(nameOf(live), "Still at work");
    const other = await context.newPage();
    await expect.poll(() => draftsIn(live)).toContain("Still at work");
    await other.goto(address);
    await other.locator("[data-node]").first().waitFor();
    expect(await other.locator("dialog[open]").count()).toBe(0);
  },
);

test("work that has no file yet is kept as well", async () => {
  const { page } = await openEditor({ isEmpty: true });
  await page.locator(".canvas").press("Tab");
  await page.getByRole("combobox", { name: "Add a node" }).waitFor();
  await page.keyboard.type("blur");
  await page.keyboard.press("Enter");
  await page.locator("[data-node]").waitFor();
  await expect.poll(() => draftsIn(page)).toContain("image/blur");
  page.on("dialog", (dialog) => void dialog.accept());
  await page.reload();
  await page.getByRole("button", { name: "Open a workflow" }).click();
  await page.getByRole("button", { name: "Empty workflow" }).click();
  await page.getByRole("button", { name: "Restore them" }).click();
  await page.locator('[data-node="blur"]').waitFor();
}, 60_000);

test("of two tabs, the second to save is asked, and its copy is a file of its own", async () => {
  const { page, context, dir } = await openEditor();
  const second = await context.newPage();
  await second.goto(page.url());
  const rename = async (tab: Page, name: string): Promise<void> => {
    await write(nameOf(tab), name);
    await tab.keyboard.press("Control+s");
  };
  await rename(page, "First");
  await expect.poll(() => readFileSync(join(dir, path), "utf8")).toContain('"name": "First"');
  await rename(second, "Second");
  await second.getByRole("button", { name: "Save mine as a copy" }).click();
  await second.getByRole("textbox", { name: "File in the workspace" }).press("Enter");
  const copy = join(dir, "workflows/remove-spoon-copy.json");
  await expect.poll(() => existsSync(copy) && readFileSync(copy, "utf8")).toContain('"name": "Second"');
  expect(readFileSync(join(dir, path), "utf8")).toContain('"name": "First"');
}, 60_000);

test("a file that somebody else changed is not overwritten: a copy, mine or theirs, and nothing is dropped", async () => {
  const { page, dir } = await openEditor();
  const theirs = readFileSync(join(dir, path), "utf8").replace("Remove the spoon", "Theirs");
  await write(nameOf(page), "Mine");
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

  writeFileSync(join(dir, path), theirs);
  await write(nameOf(page), "Mine again");
  await page.keyboard.press("Control+s");
  await page.getByRole("button", { name: "Keep mine, replace the file" }).click();
  await expect.poll(() => readFileSync(join(dir, path), "utf8")).toContain('"name": "Mine again"');
  await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
  expect(await page.getByLabel("Unsaved changes").count()).toBe(0);
}, 60_000);

test("what is saved is what was read, byte for byte, but for what was changed", async () => {
  const { page, dir } = await openEditor();
  const before = readFileSync(join(dir, path), "utf8");
  await write(nameOf(page), "Another name");
  await page.keyboard.press("Control+s");
  const wanted = before.replace('"name": "Remove the spoon"', '"name": "Another name"');
  await expect.poll(() => readFileSync(join(dir, path), "utf8")).toBe(wanted);
}, 60_000);

/** What a file may hold that this version, or this installation, does not know. */
const unheardOf = {
  inlay: 1,
  studio: { client: "north" },
  nodes: {
    load: { type: "image/load", version: 99, inputs: { source: { $file: "coffee.png" }, layers: [1, null] } },
    glow: {
      type: "studio/glow",
      version: 3,
      title: "Glow",
      inputs: { image: { $link: ["load", "image"] }, strength: 0.5, deep: { at: [{ of: [null, { it: "kept" }] }] } },
      studio: { since: [2, 1] },
    },
    save: { type: "image/save", version: 1, inputs: { image: { $link: ["glow", "glowing"] } } },
  },
  view: { nodes: { load: { x: 0, y: 0 }, glow: { x: 320, y: 0 }, save: { x: 640, y: 0 } } },
};

test("nodes that are not installed are placeholders that keep all that the file says of them", async () => {
  const { page, dir } = await openEditor({
    files: { "remove-spoon/coffee.png": "coffee.png" },
    texts: { "workflows/unheard-of.json": JSON.stringify(unheardOf) },
  });
  const saved = () => JSON.parse(readFileSync(join(dir, "workflows/unheard-of.json"), "utf8")) as typeof unheardOf;
  await expect.poll(() => page.locator("[data-node].is-missing").count()).toBe(2);
  expect(await page.locator('[data-node="glow"]').textContent()).toContain("Not installed");
  await expect.poll(() => page.locator(".links path").count()).toBe(2);
  const title = await middle(page, '[data-node="glow"] .node-title');
  await dragTo(page, title, { x: title.x + 40, y: title.y + 160 });
  await page.keyboard.press("Control+s");
  await expect.poll(() => saved().view.nodes.glow).not.toEqual(unheardOf.view.nodes.glow);
  expect(saved()).toMatchObject({ studio: unheardOf.studio });
  expect(saved().nodes).toEqual(unheardOf.nodes);
}, 60_000);

test("a new workflow asks for its file, and a workflow that is not JSON says why it cannot be opened", async () => {
  const { page, dir } = await openEditor({ isEmpty: true });
  await page.getByText("Nothing here yet").waitFor();
  await page.getByRole("heading", { name: "Last files" }).waitFor();
  await page
    .locator(".welcome")
    .getByRole("button", { name: `Remove the spoon ${path}` })
    .click();
  await page.locator('[data-node="inpaint"]').waitFor();
  await openEmpty(page);
  await page.locator(".canvas").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.type("load image");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+s");
  await write(page.getByRole("textbox", { name: "File in the workspace" }), "workflows/new.json");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.getByLabel("Unsaved changes").count()).toBe(0);
  expect(readFileSync(join(dir, "workflows/new.json"), "utf8")).toContain('"type": "image/load"');
  writeFileSync(join(dir, "workflows/new.json"), "{ nothing");
  await page.reload();
  await page.getByRole("alert").filter({ hasText: "workflows/new.json cannot be opened" }).waitFor();
}, 60_000);
