import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { applyEdit, type MaskEdit } from "@inlay/raster";
import type { Download, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { fitPicture } from "../../src/viewer/view-port.ts";
import { findings } from "../support/axe.ts";
import { closeBrowser, dragTo, type EditorPage, openEditor } from "../support/editor-page.ts";
import { write } from "../support/write.ts";

afterAll(closeBrowser);

const picture = { width: 600, height: 400 };

/** The example with a mask that is painted instead of outlined. */
const files = { "remove-spoon/coffee.png": "coffee.png" };
const workflow = {
  inlay: 1,
  nodes: {
    load: { type: "image/load", version: 1, inputs: { source: { $file: "coffee.png" } } },
    paint: { type: "mask/paint", version: 1, inputs: { image: { $link: ["load", "image"] } } },
  },
  view: { nodes: { load: { x: 0, y: 0 }, paint: { x: 340, y: 0 } } },
};
const texts = { "workflows/paint.json": JSON.stringify(workflow) };

interface Stage {
  /** A place of the picture on the page. */
  at(x: number, y: number): { readonly x: number; readonly y: number };
}

async function openMask(page: Page): Promise<Stage> {
  await page.getByRole("img", { name: "What Painted Mask shows" }).waitFor();
  await page
    .locator('[data-node="paint"]')
    .getByRole("button", { name: /strokes/ })
    .click();
  return stageOf(page);
}

async function stageOf(page: Page): Promise<Stage> {
  const stage = page.getByRole("application", { name: /^Picture of 600 × 400/ });
  await stage.waitFor();
  const box = (await stage.boundingBox())!;
  const view = fitPicture(picture, box);
  return { at: (x, y) => ({ x: box.x + view.x + x * view.scale, y: box.y + view.y + y * view.scale }) };
}

const strokesAre = (page: Page, count: number) =>
  page
    .locator(".mask-count")
    .getByText(count === 1 ? "1 stroke" : `${count} strokes`, { exact: true })
    .waitFor({ state: "attached" });

/** The strokes in the file, once they are saved. */
async function saved({ page, dir }: EditorPage): Promise<readonly MaskEdit[]> {
  await page.getByRole("button", { name: "Done" }).click();
  await page.locator(".mask-editor").waitFor({ state: "detached" });
  await page.keyboard.press("Control+s");
  await page.getByLabel("Unsaved changes").waitFor({ state: "detached" });
  const file = readdirSync(join(dir, "workflows"))[0]!;
  const { nodes } = JSON.parse(readFileSync(join(dir, "workflows", file), "utf8")) as {
    nodes: { paint: { inputs: { strokes: readonly MaskEdit[] } } };
  };
  return nodes.paint.inputs.strokes;
}

function painted(edits: readonly MaskEdit[]): Uint8Array {
  const canvas = { ...picture, data: new Uint8Array(picture.width * picture.height) };
  for (const edit of edits) applyEdit(canvas, edit);
  return canvas.data;
}

async function samplesOf(download: Download): Promise<Uint8Array> {
  return new Uint8Array(
    await sharp(await download.path())
      .toColourspace("b-w")
      .raw()
      .toBuffer(),
  );
}

test("every tool draws with the pointer, what is drawn is kept in the workflow, and the browser's mask is the rasteriser's", async () => {
  const opened = await openEditor({ files, texts });
  const { page } = opened;
  await page.getByRole("img", { name: "What Painted Mask shows" }).waitFor();
  // From the picture's own menu.
  await page.locator('[data-node="load"] .node-title').click({ button: "right" });
  await page.getByRole("menuitem", { name: "Draw a mask" }).click();
  const { at } = await stageOf(page);
  const key = (name: string) => page.keyboard.press(name);
  let count = 0;
  const next = () => strokesAre(page, ++count);

  await key("b");
  // Out of the picture and back.
  await page.mouse.move(at(60, 60).x, at(60, 60).y);
  await page.mouse.down();
  for (const [x, y] of [
    [200, 80],
    [640, -30],
    [300, 120],
  ] as const)
    await page.mouse.move(at(x, y).x, at(x, y).y);
  await page.mouse.up();
  await next();
  await page.keyboard.down("Alt");
  await dragTo(page, at(90, 60), at(120, 70));
  await page.keyboard.up("Alt");
  await next();
  await key("r");
  await dragTo(page, at(300, 200), at(420, 300));
  await next();
  await key("o");
  await page.keyboard.down("Shift");
  await dragTo(page, at(100, 200), at(180, 240));
  await page.keyboard.up("Shift");
  await next();
  await key("l");
  await key("x");
  await page.mouse.move(at(320, 220).x, at(320, 220).y);
  await page.mouse.down();
  await page.mouse.move(at(400, 220).x, at(400, 220).y);
  // Space moves the picture in mid-stroke, and the outline goes on where it was.
  await page.keyboard.down("Space");
  await page.mouse.move(at(400, 220).x + 20, at(400, 220).y + 10);
  await page.mouse.move(at(400, 220).x, at(400, 220).y);
  await page.keyboard.up("Space");
  await page.mouse.move(at(400, 220).x, at(400, 220).y);
  await page.mouse.move(at(360, 280).x, at(360, 280).y);
  await page.mouse.up();
  await next();
  await key("x");
  await key("p");
  for (const [x, y] of [
    [450, 40],
    [560, 60],
    [520, 150],
  ] as const)
    await page.mouse.click(at(x, y).x, at(x, y).y);
  await page.mouse.click(at(450, 40).x, at(450, 40).y);
  await next();
  await key("f");
  await page.mouse.click(at(305, 205).x, at(305, 205).y);
  await next();
  await key("w");
  await page.mouse.click(at(20, 380).x, at(20, 380).y);
  await next();
  await key("c");
  await page.mouse.click(at(500, 350).x, at(500, 350).y);
  await next();
  await key("g");
  await dragTo(page, at(20, 20), at(20, 120));
  await next();
  // Escape takes a stroke back that was begun.
  await key("b");
  await page.mouse.move(at(500, 200).x, at(500, 200).y);
  await page.mouse.down();
  await page.mouse.move(at(550, 250).x, at(550, 250).y);
  await key("Escape");
  await page.mouse.up();
  for (const name of ["Fill holes", "Invert"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await next();
  }
  for (const name of ["Grow", "Shrink", "Feather"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await write(page.getByRole("spinbutton", { name: "Radius" }), "5");
    await page.getByRole("button", { name: "Apply" }).click();
    await next();
  }
  await page.getByRole("button", { name: "Threshold" }).click();
  await write(page.getByRole("spinbutton", { name: "Level" }), "90");
  await page.getByRole("button", { name: "Apply" }).click();
  await next();

  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export PNG" }).click();
  const samples = await samplesOf(await downloading);
  const strokes = await saved(opened);
  expect(strokes.map((edit) => ("mode" in edit ? `${edit.tool} ${edit.mode}` : edit.tool))).toEqual([
    "brush",
    "eraser",
    "rectangle add",
    "ellipse add",
    "lasso subtract",
    "polygon add",
    "fill add",
    "wand add",
    "color-range add",
    "gradient add",
    "fill-holes",
    "invert",
    "grow",
    "shrink",
    "feather",
    "threshold",
  ]);
  expect(samples).toEqual(painted(strokes));
  const [, , , ellipse] = strokes;
  expect(ellipse).toMatchObject({ points: [expect.anything(), [expect.closeTo(640, -1), expect.closeTo(640, -1)]] });

  // One step of undo in the document.
  await page.keyboard.press("Control+z");
  await page
    .locator('[data-node="paint"]')
    .getByRole("button", { name: /0 strokes/ })
    .waitFor();
}, 180_000);

test("a mask is opened again and edited on: undo goes back before the opening, imports keep soft edges, settings stay", async () => {
  const strokes = Array.from({ length: 120 }, (_, i) => ({
    tool: "rectangle",
    mode: "add",
    points: [
      [i * 40, 80],
      [30, 400],
    ],
  }));
  const nodes = {
    ...workflow.nodes,
    paint: { ...workflow.nodes.paint, inputs: { ...workflow.nodes.paint.inputs, strokes } },
  };
  const opened = await openEditor({ files, texts: { "workflows/paint.json": JSON.stringify({ ...workflow, nodes }) } });
  const { page } = opened;
  await openMask(page);
  await strokesAre(page, 120);
  for (let i = 0; i < 105; i++) await page.keyboard.press("Control+z");
  await strokesAre(page, 15);
  await page.keyboard.press("Control+y");
  await strokesAre(page, 16);

  const soft = Uint8Array.from({ length: picture.width * picture.height }, (_, i) => (i % picture.width) >> 2);
  const png = await sharp(soft, { raw: { ...picture, channels: 1 } })
    .toColourspace("b-w")
    .png()
    .toBuffer();
  await page
    .locator('.mask-options input[type="file"]')
    .setInputFiles({ name: "soft.png", mimeType: "image/png", buffer: png });
  await strokesAre(page, 17);
  await page.keyboard.press("w");
  await write(page.getByRole("spinbutton", { name: "Tolerance" }), "77");
  const kept = await saved(opened);
  expect(kept).toHaveLength(17);
  expect(painted(kept.slice(16))).toEqual(soft);

  await page.reload();
  await openMask(page);
  await strokesAre(page, 17);
  await page.getByRole("button", { name: "Magic wand", pressed: true }).waitFor();
  expect(await page.getByRole("spinbutton", { name: "Tolerance" }).inputValue()).toBe("77");

  // The keyboard alone: a rectangle between two presses of Enter.
  await page.keyboard.press("r");
  await page.locator(".mask-stage").focus();
  await page.keyboard.press("Enter");
  for (let i = 0; i < 3; i++) await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Enter");
  await strokesAre(page, 18);

  // The tab is killed with the editor open: what was done is offered by the next one.
  await expect.poll(() => page.evaluate(draftText), { timeout: 30_000 }).toContain("[[2400, 1600], [240, 80]]");
  const address = page.url();
  await page.close();
  const next = await opened.context.newPage();
  await next.goto(address);
  await next.getByRole("button", { name: "Restore them" }).click();
  await openMask(next);
  await strokesAre(next, 18);
  expect((await saved({ ...opened, page: next })).at(-1)).toMatchObject({ tool: "rectangle", mode: "add" });
}, 180_000);

/** In the page: the text of the draft that it keeps. */
const draftText = `new Promise((resolve) => {
  const request = indexedDB.open("inlay", 1);
  request.onsuccess = () => {
    const all = request.result.transaction("drafts").objectStore("drafts").getAll();
    all.onsuccess = () => {
      request.result.close();
      resolve(all.result.map(({ text }) => text).join());
    };
  };
})`;

test("strokes of a named input are drawn from it; many of them lie in an asset and are opened again", async () => {
  const paint = { ...workflow.nodes.paint, inputs: { ...workflow.nodes.paint.inputs, strokes: { $input: "marks" } } };
  const save = { type: "image/save", version: 1, inputs: { image: { $link: ["picture", "image"] }, name: "mask" } };
  const picture8 = { type: "mask/to-image", version: 1, inputs: { mask: { $link: ["paint", "mask"] } } };
  const named = {
    ...workflow,
    inputs: { marks: { type: "json", default: [] } },
    nodes: { ...workflow.nodes, paint, picture: picture8, save },
  };
  const opened = await openEditor({ files, texts: { "workflows/paint.json": JSON.stringify(named) } });
  const { page, dir } = opened;
  const draw = page.locator(".inspector-list").getByRole("button", { name: "Draw…" });
  await draw.click();
  await stageOf(page);
  // More than fits inside of a workflow, even packed.
  const noise = new Uint8Array(picture.width * picture.height * 3);
  for (let i = 0, state = 1; i < noise.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    noise[i] = state >>> 24;
  }
  const png = await sharp(noise, { raw: { ...picture, channels: 3 } })
    .png()
    .toBuffer();
  const file = { name: "noise.png", mimeType: "image/png", buffer: png };
  for (const count of [1, 2]) {
    await page.locator('.mask-options input[type="file"]').setInputFiles(file);
    await strokesAre(page, count);
  }
  await page.getByRole("button", { name: "Done" }).click();
  await page.locator(".mask-editor").waitFor({ state: "detached" });
  await page.keyboard.press("Control+s");
  await page.getByLabel("Unsaved changes").waitFor({ state: "detached" });
  const { inputs, assets } = JSON.parse(readFileSync(join(dir, "workflows/paint.json"), "utf8")) as {
    inputs: { marks: { type: string; default: { $asset: string } } };
    assets: Record<string, { path: string }>;
  };
  expect(inputs.marks.type).toBe("file");
  expect(Object.keys(assets)).toEqual([inputs.marks.default.$asset]);
  expect(readdirSync(join(dir, "inputs/masks"))).toHaveLength(1);

  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect.poll(() => existsSync(join(dir, "outputs/mask.png")), { timeout: 60_000 }).toBe(true);
  await page.locator('[data-node="load"] .node-title').click({ button: "right" });
  await page.getByRole("menuitem", { name: "Draw a mask" }).click();
  await strokesAre(page, 2);
}, 180_000);

test("a finger draws, two move and zoom, and nothing serious is wrong for assistive technology in both themes", async () => {
  const { page, context } = await openEditor({ files, texts, width: 390, height: 844 });
  await page.getByRole("img", { name: "What Painted Mask shows" }).waitFor();
  await page.locator('[data-node="paint"] .node-title').click();
  await page.keyboard.press("d");
  const { at } = await stageOf(page);
  const touch = await context.newCDPSession(page);
  const send = (type: "touchStart" | "touchMove" | "touchEnd", ...touchPoints: { x: number; y: number }[]) =>
    touch.send("Input.dispatchTouchEvent", { type, touchPoints });
  await send("touchStart", at(200, 200));
  await send("touchMove", at(300, 220));
  await send("touchEnd");
  await strokesAre(page, 1);
  const scale = page.locator(".mask-scale");
  const before = await scale.textContent();
  await send("touchStart", at(200, 200));
  await send("touchStart", at(200, 200), at(300, 200));
  await send("touchMove", at(150, 200), at(400, 200));
  await send("touchEnd");
  await expect.poll(() => scale.textContent(), { timeout: 30_000 }).not.toBe(before);
  await strokesAre(page, 1);
  await page.getByRole("button", { name: "Options" }).click();
  expect(await findings(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
  await page.locator(':root[data-theme="light"]').waitFor();
  expect(await findings(page)).toEqual([]);
}, 120_000);
