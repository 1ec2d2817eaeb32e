import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, dragTo, middle, openEditor } from "../support/editor-page.ts";
import { choose } from "../support/write.ts";

afterAll(closeBrowser);

interface SavedFile {
  readonly nodes: Record<string, { readonly type: string; readonly inputs: Record<string, unknown> }>;
  readonly view: { readonly nodes: Record<string, { readonly x: number; readonly y: number }> };
}

const path = "workflows/remove-spoon.json";
const read = (dir: string) => JSON.parse(readFileSync(join(dir, path), "utf8")) as SavedFile;

test("the workflow opens with its nodes, links and values, and no policy is violated", async () => {
  const { page } = await openEditor();
  await expect.poll(() => page.locator("[data-node]").count()).toBe(5);
  expect(await page.locator(".links path").count()).toBe(5);
  expect(await page.getByLabel("Prompt", { exact: true }).inputValue()).toContain("an empty red saucer");
}, 60_000);

test("dragging a node moves it, in one step of undo, and saving changes nothing but its place", async () => {
  const { page, dir } = await openEditor();
  const before = read(dir);
  const title = await middle(page, '[data-node="save"] .node-title');
  await dragTo(page, title, { x: title.x + 40, y: title.y + 160 });
  expect(await page.getByLabel("Unsaved changes").count()).toBe(1);
  await page.keyboard.press("Control+s");
  await expect.poll(() => page.getByLabel("Unsaved changes").count()).toBe(0);
  const after = read(dir);
  expect(after.view.nodes["save"]).not.toEqual(before.view.nodes["save"]);
  expect({ ...after, view: null }).toEqual({ ...before, view: null });
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+s");
  await expect.poll(() => read(dir).view.nodes["save"]).toEqual(before.view.nodes["save"]);
}, 60_000);

test("Escape in the middle of a drag puts the node back", async () => {
  const { page } = await openEditor();
  const title = await middle(page, '[data-node="save"] .node-title');
  await page.mouse.move(title.x, title.y);
  await page.mouse.down();
  await page.mouse.move(title.x + 30, title.y + 90);
  await page.keyboard.press("Escape");
  await page.mouse.move(title.x + 60, title.y + 120);
  await page.mouse.up();
  expect(await middle(page, '[data-node="save"] .node-title')).toEqual(title);
  expect(await page.getByLabel("Unsaved changes").count()).toBe(0);
}, 60_000);

test("a link is drawn from socket to socket; one whose type does not fit is not made and says why", async () => {
  const { page, dir } = await openEditor();
  const from = await middle(page, '[data-socket="load.output.image"]');
  const wrong = await middle(page, '[data-socket="inpaint.input.mask"]');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(wrong.x - 30, wrong.y + 2);
  await page.mouse.move(wrong.x, wrong.y + 2);
  await expect.poll(() => page.locator(".link-reason").textContent()).toBe("Takes mask, this is image");
  await page.mouse.up();
  expect(await page.getByLabel("Unsaved changes").count()).toBe(0);
  await dragTo(page, from, await middle(page, '[data-socket="save.input.image"]'));
  await page.keyboard.press("Control+s");
  await expect.poll(() => read(dir).nodes["save"]?.inputs["image"]).toEqual({ $link: ["load", "image"] });
}, 60_000);

test("a link dropped on the empty canvas opens the search with what fits, and links what is chosen", async () => {
  const { page, dir } = await openEditor();
  await dragTo(page, await middle(page, '[data-socket="feather.output.mask"]'), { x: 520, y: 700 });
  await page.getByRole("combobox", { name: "Add a node" }).waitFor();
  expect(await page.locator(".search-group").first().textContent()).toBe("Fitting");
  await page.keyboard.type("grow");
  await page.keyboard.press("Enter");
  await page.locator('[data-node="grow"]').waitFor();
  await page.keyboard.press("Control+s");
  await expect.poll(() => read(dir).nodes["grow"]?.inputs).toEqual({ mask: { $link: ["feather", "mask"] } });
}, 60_000);

test("Escape in the search leaves the link whose end was taken off where it was", async () => {
  const { page } = await openEditor();
  await dragTo(page, await middle(page, '[data-socket="save.input.image"]'), { x: 700, y: 760 });
  await page.getByRole("combobox", { name: "Add a node" }).waitFor();
  await page.keyboard.press("Escape");
  expect(await page.locator(".search").count()).toBe(0);
  expect(await page.locator(".links path").count()).toBe(5);
  expect(await page.getByLabel("Unsaved changes").count()).toBe(0);
}, 60_000);

test("deleting a node heals its link, and undo brings it back", async () => {
  const { page, dir } = await openEditor();
  await page.locator('[data-node="inpaint"] .node-title').click();
  await page.keyboard.press("Delete");
  await expect.poll(() => page.locator("[data-node]").count()).toBe(4);
  await page.keyboard.press("Control+s");
  await expect.poll(() => read(dir).nodes["save"]?.inputs["image"]).toEqual({ $link: ["load", "image"] });
  await page.keyboard.press("Control+z");
  await expect.poll(() => page.locator("[data-node]").count()).toBe(5);
}, 60_000);

test("a number takes arithmetic, a value out of range is told in the engine's words, and Escape takes it back", async () => {
  const { page, dir } = await openEditor();
  const radius = page.getByRole("textbox", { name: "Radius" });
  await radius.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("900");
  await expect.poll(() => radius.getAttribute("aria-invalid")).toBe("true");
  const row = page.locator('[data-node="feather"] .row-control').first();
  expect(await row.getAttribute("title")).toContain("The highest is");
  await page.keyboard.press("Escape");
  expect(await radius.inputValue()).toBe("2");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("4*3");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+s");
  await expect.poll(() => read(dir).nodes["feather"]?.inputs["radius"]).toBe(12);
}, 60_000);

test("nodes are copied and pasted as text with their inner links", async () => {
  const { page, dir } = await openEditor();
  await page.locator('[data-node="mask"] .node-title').click();
  await page.locator('[data-node="feather"] .node-title').click({ modifiers: ["Shift"] });
  await page.keyboard.press("Control+c");
  await page.mouse.move(400, 760);
  await page.keyboard.press("Control+v");
  await expect.poll(() => page.locator("[data-node]").count()).toBe(7);
  await page.keyboard.press("Control+s");
  await expect.poll(() => read(dir).nodes["feather-2"]?.inputs["mask"]).toEqual({ $link: ["polygon", "mask"] });
}, 60_000);

test("a random seed tells what the last run used, which can be kept; a field that is only passed through keeps its default", async () => {
  const files = { "local-fill/workflow.json": "workflows/tower.json", "local-fill/rocket.jpg": "rocket.jpg" };
  const { page, dir } = await openEditor({ files });
  const saved = () =>
    JSON.parse(readFileSync(join(dir, "workflows/tower.json"), "utf8")) as SavedFile & {
      readonly inputs: Record<string, { readonly default: unknown }>;
    };
  const { nodes, inputs } = saved();
  const mode = page.locator('[data-node="fill"]').getByRole("combobox", { name: "Seed: How the seed changes" });
  await choose(mode, "Random");
  await page.keyboard.press("Control+Enter");
  await page.locator(".run-strip.is-succeeded").waitFor({ timeout: 45_000 });
  const keep = page.locator('[data-node="fill"]').getByRole("button", { name: /^Keep \d+, which the last run used/ });
  const used = Number(await keep.textContent());
  await keep.click();
  await page.locator('[data-node="fill"]').getByRole("textbox", { name: "Seed" }).click();
  for (let presses = 0; presses < 12; presses++) await page.keyboard.press("Tab");
  await page.locator(".canvas").focus();
  await page.keyboard.press("Control+s");
  await expect.poll(() => saved().inputs["seed"]?.default).toBe(used);
  expect(saved()).toMatchObject({ nodes, inputs: { ...inputs, seed: { default: used } } });
  expect(Object.keys(saved().nodes["fill"]!.inputs)).toEqual(Object.keys(nodes["fill"]!.inputs));
}, 120_000);
