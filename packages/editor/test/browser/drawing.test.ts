import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { closeBrowser, dragTo, openEditor } from "../support/editor-page.ts";

afterAll(closeBrowser);

test("a corner of the outline is dragged on the photograph, which changes the mask in one step", async () => {
  const { page } = await openEditor();
  await page.getByRole("img", { name: "What Spoon shows" }).waitFor();
  await page
    .locator('[data-node="mask"]')
    .getByRole("button", { name: /50 points/ })
    .click();
  const corner = page.getByRole("button", { name: /^Corner 1:/ });
  await corner.waitFor();
  const box = (await corner.boundingBox())!;
  await page.mouse.move(box.x + 5, box.y + 5);
  await page.mouse.down();
  await page.mouse.move(box.x - 40, box.y - 20, { steps: 4 });
  await page.mouse.up();
  const name = await corner.getAttribute("aria-label");
  expect(name).not.toBe("Corner 1: 386, 54");
  const corners = page.getByRole("button", { name: /^Corner \d/ });
  const moved = (await corner.boundingBox())!;
  await page.mouse.dblclick(moved.x + 5, moved.y + 5);
  await expect.poll(() => corners.count()).toBe(49);
  await page.getByRole("dialog").getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => corners.count()).toBe(50);
  await page.getByRole("button", { name: "Done" }).click();
  await page.keyboard.press("Control+z");
  await expect.poll(() => page.getByLabel("Unsaved changes").count()).toBe(0);
}, 120_000);

test("a rectangle and a point are drawn on the picture below, by mouse and by keyboard", async () => {
  const folder = mkdtempSync(join(tmpdir(), "inlay-drawing-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const image = { $link: ["load", "image"] };
  const at = (x: number, y: number) => ({ x, y });
  const workflow = {
    inlay: 1,
    nodes: {
      load: { type: "image/load", version: 1, inputs: { source: { $file: "coffee.png" } } },
      box: { type: "mask/rectangle", version: 1, inputs: { image, x: 10, y: 20, width: 30, height: 40 } },
      wand: { type: "mask/from-color", version: 1, inputs: { image } },
    },
    view: { nodes: { load: at(0, 0), box: at(320, 0), wand: at(640, 0) } },
  };
  const file = join(folder, "draw.json");
  writeFileSync(file, JSON.stringify(workflow));
  const { page, dir } = await openEditor({
    files: { [file]: "workflows/draw.json", "remove-spoon/coffee.png": "coffee.png" },
  });
  const inputs = () => {
    const { nodes } = JSON.parse(readFileSync(join(dir, "workflows/draw.json"), "utf8")) as typeof workflow;
    return [nodes.box.inputs, nodes.wand.inputs];
  };
  const place = async (x: number, y: number) => {
    const box = (await page.locator(".shape-paper img").boundingBox())!;
    return { x: box.x + (x / 600) * box.width, y: box.y + (y / 400) * box.height };
  };
  await page.getByRole("button", { name: "Draw on the picture of Rectangle Mask" }).click();
  await page.getByRole("button", { name: "Corner 1: 10, 20" }).waitFor();
  await dragTo(page, await place(100, 50), await place(300, 250));
  const corner = page.getByRole("button", { name: "Corner 3: 300, 250" });
  await corner.focus();
  await page.keyboard.press("Shift+ArrowRight");
  await page.getByRole("button", { name: "Corner 3: 310, 250" }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator('[data-node="wand"]').getByRole("button", { name: "Point: Draw…" }).click();
  const spot = await place(200.4, 120.4);
  await page.mouse.click(spot.x, spot.y);
  await page.getByRole("button", { name: "Point 200, 120" }).focus();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("button", { name: "Point 200, 121" }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+s");
  await expect.poll(inputs).toEqual([
    { image, x: 100, y: 50, width: 210, height: 200 },
    { image, point: [200, 121] },
  ]);
}, 120_000);
