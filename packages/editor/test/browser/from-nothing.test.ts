import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, dragTo, middle, openEditor } from "../support/editor-page.ts";
import { corners, runHeadless, savedMeaning, template, withoutRecord } from "../support/template.ts";

afterAll(closeBrowser);

/** An editor with nothing in it, in a workspace that holds the photograph and nothing else. */
async function openNothing() {
  const files = { "remove-spoon/coffee.png": "inputs/coffee.png" };
  const opened = await openEditor({ files, width: 1920, height: 1080, sandbox: true, isEmpty: true });
  mkdirSync(join(opened.dir, "workflows"), { recursive: true });
  return opened;
}

/** The template's file, as the editor makes it in a workspace. */
async function makeTemplate({ page, dir }: { readonly page: Page; readonly dir: string }): Promise<string> {
  // The keys belong to the dialog that saves until it is gone.
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  await page.keyboard.press("Control+o");
  await page.getByRole("dialog").locator(".template").filter({ hasText: template.name }).click();
  await page.locator('[data-node="inpaint"]').waitFor();
  return join(dir, "workflows/remove-spoon.json");
}

test("the sample is built from nothing by mouse: the file is the template, and gives the same bytes", async () => {
  const { page, dir } = await openNothing();
  const by = mouse(page);

  await page.mouse.dblclick(180, 420);
  await by.choose("load image", "Load Image");
  await by.press(page.locator('[data-node="load"]').getByRole("button", { name: /^Source:/ }));
  await by.press(page.getByRole("dialog").getByRole("button", { name: "inputs/coffee.png", exact: true }));
  await page.locator('[data-node="load"] .node-picture img').waitFor();

  await by.link("load.output.image", { x: 440, y: 560 });
  await by.choose("polygon", "Polygon Mask");
  await by.write(by.inspector.getByRole("textbox", { name: "Title" }), template.nodes["mask"]!.title!);
  await by.press(page.locator('[data-node="polygon"]').getByRole("button", { name: /^Points:/ }));
  const paper = page.locator(".shape-paper img");
  await paper.waitFor();
  const box = (await paper.boundingBox())!;
  for (const [x, y] of corners) await page.mouse.click(box.x + (x / 600) * box.width, box.y + (y / 400) * box.height);
  await by.press(page.getByRole("dialog").getByRole("button", { name: "Done" }));

  await by.link("polygon.output.mask", { x: 750, y: 560 });
  await by.choose("feather", "Feather Mask");
  const feather = page.locator('[data-node="feather"]');
  await by.write(feather.getByRole("textbox", { name: "Radius" }), "2");
  await by.select(feather.getByRole("combobox", { name: "Direction" }), "inward");

  await by.link("feather.output.mask", { x: 1060, y: 420 });
  await by.choose("z-image turbo inpaint", /^Z-Image Turbo Inpaint/);
  const inpaint = page.locator('[data-node^="z-image"]');
  const inpaintId = (await inpaint.getAttribute("data-node"))!;
  await dragTo(
    page,
    await middle(page, '[data-socket="load.output.image"]'),
    await middle(page, `[data-socket="${inpaintId}.input.image"]`),
  );
  await by.press(inpaint.locator(".node-title"));
  await by.write(inpaint.locator("textarea").first(), template.inputs["prompt"]!.default as string);
  await by.write(inpaint.getByRole("textbox", { name: "Seed" }), "18");

  await by.link(`${inpaintId}.output.image`, { x: 1370, y: 420 });
  await by.choose("save image", "Save Image");
  await by.write(
    page.locator('[data-node="save"]').getByRole("textbox", { name: "Name" }),
    "{inputs.photo.stem}-without-spoon",
  );

  for (const [node, field] of [
    ["load", "Source"],
    [inpaintId, "Prompt"],
    [inpaintId, "Seed"],
  ] as const) {
    await by.press(page.locator(`[data-node="${node}"] .node-title`));
    await by.press(by.inspector.getByRole("button", { name: `Make ${field} a named input` }));
  }
  await by.press(page.locator('[data-node="save"] .node-title'));
  await by.press(by.inspector.getByRole("button", { name: "Name this output" }).first());

  await page.mouse.click(700, 940);
  await by.write(by.inspector.getByRole("textbox", { name: "Name", exact: true }).first(), template.name);
  await by.write(by.inspector.getByRole("textbox", { name: "Description", exact: true }).first(), template.description);
  for (const [name, from] of [
    ["photo", "source"],
    ["prompt", "prompt"],
    ["seed", "seed"],
  ] as const)
    await by.describe(from, name, template.inputs[name]!);
  await by.describe("image", "result", template.outputs["result"]!);

  await by.press(page.getByRole("button", { name: "Save", exact: true }));
  await by.write(page.getByRole("textbox", { name: "File in the workspace" }), "workflows/mine.json");
  await by.press(page.getByRole("dialog").getByRole("button", { name: "Save" }));
  const mine = join(dir, "workflows/mine.json");
  await expect.poll(() => existsSync(mine)).toBe(true);
  const itself = await makeTemplate({ page, dir });
  expect(savedMeaning(mine)).toEqual(savedMeaning(itself));
  const bytes = runHeadless(mine, "--metadata", "none");
  expect(bytes.equals(runHeadless(itself, "--metadata", "none"))).toBe(true);
  // And as the save node is set, but for what tells the workflow, in which ids and places differ.
  const full = runHeadless(mine);
  expect(full.equals(bytes)).toBe(false);
  expect(withoutRecord(full).equals(bytes)).toBe(true);
}, 180_000);

test("the sample is built from nothing by keyboard alone: the file is the template, and gives the same bytes", async () => {
  const { page, dir } = await openNothing();
  const by = keyboard(page);

  await by.tabTo({ name: "Workflow canvas" });
  await by.press("Tab");
  await by.add("load image");
  await by.focus("load");
  await by.press("Enter", "Enter");
  await by.focus({ name: "Close" });
  await by.tabTo({ name: /^inputs\/coffee\.png$/ });
  await by.press("Enter");
  await by.focus({ name: /^Source/ });
  await by.press("Escape", "l", "Tab");
  await by.add("polygon");
  await by.focus("polygon");

  await by.press("e");
  await by.focus({ name: "Title" });
  await by.type(template.nodes["mask"]!.title!);
  await by.press("Escape");
  await by.focus("polygon");
  await by.press("Enter", "Enter");
  await by.focus({ name: "Close" });
  await by.tabTo({ name: "Corners as text" });
  await by.press("Enter", "Tab");
  await by.type(corners.map((corner) => corner.join(", ")).join("\n"));
  await by.press("Control+Enter", "Escape", "Escape");
  await by.focus("polygon");

  await by.press("l", "Tab");
  await by.add("feather");
  await by.focus("feather");
  await by.press("Enter");
  await by.tabTo({ name: "Radius", role: "textbox" });
  await by.replace("2");
  await by.tabTo({ name: "Direction" });
  await by.type("inward");
  await by.press("Escape");
  await by.focus("feather");

  await by.press("l", "Tab");
  await by.add("z-image turbo inpaint");
  await by.focus(/^z-image/);
  await by.press("Enter");
  await by.tabTo({ name: "Prompt" });
  await by.type(template.inputs["prompt"]!.default as string);
  await by.tabTo({ name: "Seed", role: "textbox" });
  await by.replace("18");
  await by.press("Escape");
  await by.focus(/^z-image/);
  await by.press("l", "Tab");
  await by.add("save image");
  await by.focus("save");
  await by.press("Enter");
  await by.tabTo({ name: "Name" });
  await by.replace("{inputs.photo.stem}-without-spoon");
  await by.press("Escape");

  await by.goTo("load image", "load");
  await by.link(/^Z-Image Turbo Inpaint\w*, Image\./);
  await by.expose("Source");
  await by.goTo("z-image", /^z-image/);
  await by.expose("Prompt");
  await by.goTo("z-image", /^z-image/);
  await by.expose("Seed");
  await by.goTo("save", "save");
  await by.press("e");
  await by.tabTo({ name: "Name this output" });
  await by.press("Enter", "Escape", "Escape", "Escape");

  await by.press("e");
  await by.focus({ name: "Name" });
  await by.replace(template.name);
  await by.tabTo({ name: "Description" });
  await by.type(template.description);
  for (const [from, name] of [
    ["source", "photo"],
    ["prompt", "prompt"],
    ["seed", "seed"],
  ] as const)
    await by.describe(from, name, template.inputs[name]!);
  await by.describe("image", "result", template.outputs["result"]!);

  await by.press("Control+s");
  await by.focus({ name: "File in the workspace" });
  await by.press("Control+a");
  await by.type("workflows/mine.json");
  await by.press("Enter");
  const mine = join(dir, "workflows/mine.json");
  await expect.poll(() => existsSync(mine)).toBe(true);
  const itself = await makeTemplate({ page, dir });
  expect(savedMeaning(mine)).toEqual(savedMeaning(itself));
  expect(runHeadless(mine, "--metadata", "none").equals(runHeadless(itself, "--metadata", "none"))).toBe(true);
}, 180_000);

/** A control, by what a screen reader would say. */
interface Said {
  readonly name: string | RegExp;
  readonly role?: string;
}

/** What a person does who has no mouse: every step begins at what has the focus, and waits until it is there. */
function keyboard(page: Page) {
  const keys = page.keyboard;
  const press = async (...pressed: readonly string[]): Promise<void> => {
    for (const key of pressed) await keys.press(key);
  };
  const focused = () => page.evaluate(tellFocus) as Promise<{ name: string; role: string; node: string }>;
  const matches = (wanted: string | RegExp, text: string): boolean =>
    typeof wanted === "string" ? text.startsWith(wanted) : wanted.test(text);
  const isAt = async (at: string | RegExp | Said): Promise<boolean> => {
    const { name, role, node } = await focused();
    if (typeof at === "string" || at instanceof RegExp) return node !== "" && matches(at, node);
    return matches(at.name, name) && (at.role === undefined || at.role === role);
  };
  const focus = async (at: string | RegExp | Said): Promise<void> => {
    const where = async () => ((await isAt(at)) ? "there" : JSON.stringify(await focused()));
    await expect.poll(where).toBe("there");
  };
  const tabTo = async (at: Said): Promise<void> => {
    for (let presses = 0; presses < 80; presses++) {
      if (await isAt(at)) return;
      await keys.press("Tab");
    }
    throw new Error(`Tab does not lead to ${String(at.name)}; the focus is at ${JSON.stringify(await focused())}.`);
  };
  const replace = async (text: string): Promise<void> => {
    await press("Control+a");
    await keys.type(text);
    await press("Tab");
  };
  const said = () => page.locator("[aria-live=polite]").first().textContent();
  return {
    press,
    focus,
    tabTo,
    replace,
    type: (text: string) => keys.type(text),
    /** Chooses in the search that is open. */
    async add(text: string): Promise<void> {
      await focus({ name: "Add a node" });
      await keys.type(text);
      await press("Enter");
    },
    async goTo(text: string, node: string | RegExp): Promise<void> {
      await press("Control+f");
      await focus({ name: "Go to a node" });
      await keys.type(text);
      await press("Enter");
      await focus(node);
    },
    /** Links the node that has the focus to the socket that is read out. */
    async link(target: RegExp): Promise<void> {
      await press("l");
      for (let presses = 0; presses < 40 && !target.test((await said()) ?? ""); presses++) await press("ArrowDown");
      expect(await said()).toMatch(target);
      await press("Enter");
    },
    async expose(field: string): Promise<void> {
      await press("e");
      await tabTo({ name: `Make ${field} a named input` });
      await press("Enter", "Escape");
    },
    async describe(from: string, name: string, { title, description }: { title: string; description: string }) {
      await tabTo({ name: `${from}: Name` });
      if (from !== name) await replace(name);
      await tabTo({ name: `${name}: Title` });
      await replace(title);
      await tabTo({ name: `${name}: Description` });
      await replace(description);
    },
  };
}

/** What a hand with a mouse does, and types where it has pressed. */
function mouse(page: Page) {
  const press = async (target: Locator): Promise<void> => {
    await target.scrollIntoViewIfNeeded();
    const box = (await target.boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  };
  const write = async (target: Locator, text: string): Promise<void> => {
    await press(target);
    await page.keyboard.press("Control+a");
    await page.keyboard.type(text);
    await page.keyboard.press("Tab");
  };
  const inspector = page.getByRole("complementary");
  return {
    inspector,
    press,
    write,
    async choose(text: string, name: string | RegExp): Promise<void> {
      await page.getByRole("combobox", { name: "Add a node" }).waitFor();
      await page.keyboard.type(text);
      const option = page.getByRole("option", { name }).first();
      await option.waitFor();
      await press(option);
      await expect.poll(() => page.locator(".search").count()).toBe(0);
    },
    async link(socket: string, to: { readonly x: number; readonly y: number }): Promise<void> {
      await dragTo(page, await middle(page, `[data-socket="${socket}"]`), to);
    },
    async select(target: Locator, choice: string): Promise<void> {
      await press(target);
      await page.keyboard.type(choice);
      await page.keyboard.press("Enter");
    },
    async describe(from: string, name: string, { title, description }: { title: string; description: string }) {
      if (from !== name) await write(inspector.getByRole("textbox", { name: `${from}: Name` }), name);
      await write(inspector.getByRole("textbox", { name: `${name}: Title` }), title);
      await write(inspector.getByRole("textbox", { name: `${name}: Description` }), description);
    },
  };
}

/** What has the focus in a page: its name and role, and of a node its id. Runs there. */
const tellFocus = `(() => {
  const element = document.activeElement;
  const label = element.labels?.[0];
  const name = element.getAttribute("aria-label") ?? label?.querySelector("span")?.textContent ?? label?.textContent;
  const role = element.localName === "input" && element.type === "text" ? "textbox" : element.localName;
  return { name: (name ?? element.textContent).trim(), role, node: element.dataset.node ?? "" };
})()`;
