import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, dragTo, middle, openEditor } from "../support/editor-page.ts";
import { write } from "../support/write.ts";

afterAll(closeBrowser);

const title = (id: string) => `[data-node="${id}"] .node-title`;
const left = async (page: Page, id: string) => (await page.locator(`[data-node="${id}"]`).boundingBox())!.x;
const top = async (page: Page, id: string) => (await page.locator(`[data-node="${id}"]`).boundingBox())!.y;

test("a dragged node snaps to its neighbour's edge and shows a line, and Alt keeps it from that", async () => {
  const { page } = await openEditor();
  const feather = await middle(page, title("feather"));
  const [from, to] = [await top(page, "feather"), await top(page, "inpaint")];
  // Three pixels beside the line that the upper edges of others stand on.
  const beside = { x: feather.x, y: feather.y + (to - from) + 3 };
  await page.mouse.move(feather.x, feather.y);
  await page.mouse.down();
  await page.mouse.move(beside.x, beside.y, { steps: 6 });
  await expect.poll(() => page.locator(".overlay-guides").getAttribute("d")).toContain("H");
  expect(Math.abs((await top(page, "feather")) - to)).toBeLessThan(1);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await page.keyboard.down("Alt");
  await dragTo(page, feather, beside);
  await page.keyboard.up("Alt");
  expect(Math.abs((await top(page, "feather")) - to)).toBeGreaterThan(2);
}, 90_000);

test("the menu aligns and spreads what is selected, each in one step of undo; keys fold it, show it and go to a node by name", async () => {
  const { page } = await openEditor();
  await page.keyboard.down("Shift");
  for (const id of ["load", "mask", "feather"]) await page.locator(title(id)).click();
  await page.keyboard.up("Shift");
  const before = await left(page, "feather");
  const choose = async (name: string) => {
    await page.locator(title("mask")).click({ button: "right" });
    await page.getByRole("menuitem", { name }).click();
  };
  await choose("Align left");
  await expect.poll(async () => Math.round((await left(page, "feather")) - (await left(page, "load")))).toBe(0);
  await page.keyboard.press("Control+z");
  await expect.poll(async () => Math.round((await left(page, "feather")) - before)).toBe(0);
  await choose("Align top");
  await expect.poll(async () => Math.round((await top(page, "feather")) - (await top(page, "load")))).toBe(0);
  await choose("Distribute across");
  const gaps = async () => {
    const boxes = await Promise.all(
      ["load", "mask", "feather"].map((id) => page.locator(`[data-node="${id}"]`).boundingBox()),
    );
    return [1, 2].map((i) => Math.round(boxes[i]!.x - boxes[i - 1]!.x - boxes[i - 1]!.width));
  };
  await expect.poll(async () => Math.abs((await gaps())[0]! - (await gaps())[1]!)).toBeLessThan(2);

  const height = async () => (await page.locator('[data-node="feather"]').boundingBox())!.height;
  const open = await height();
  await page.keyboard.press("Alt+c");
  await expect.poll(height).toBeLessThan(open / 2);
  await page.keyboard.press("Alt+c");

  await page.keyboard.press("f");
  await expect.poll(async () => (await page.locator('[data-node="mask"]').boundingBox())!.width).toBeGreaterThan(230);
  await page.keyboard.press(".");
  await expect.poll(async () => (await page.locator('[data-node="mask"]').boundingBox())!.width).toBeLessThan(230);
  await page.keyboard.press("f");
  await page.keyboard.press("Control+f");
  await page.keyboard.type("Save");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate("document.activeElement?.dataset.node")).toBe("save");
}, 90_000);

test("while a link is drawn, sockets that may take it are lit and the others dimmed", async () => {
  const { page } = await openEditor();
  const from = await middle(page, '[data-socket="feather.output.mask"]');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 30, from.y + 120, { steps: 4 });
  const fits = (socket: string) => page.locator(`[data-socket="${socket}"].is-fitting`).count();
  await expect.poll(() => fits("inpaint.input.mask")).toBe(1);
  expect([await fits("inpaint.input.image"), await fits("mask.input.image")]).toEqual([0, 0]);
  expect(await page.locator('[data-socket="mask.input.image"].is-unfit').count()).toBe(1);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  expect(await page.locator(".socket.is-fitting").count()).toBe(0);

  // What is wrong is seen on the minimap too: a node without the picture that it needs.
  const reds = () =>
    page.evaluate<number>(`{
      const { width, height } = document.querySelector(".minimap-nodes");
      const { data } = document.querySelector(".minimap-nodes").getContext("2d").getImageData(0, 0, width, height);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) if (data[i] > 180 && data[i + 1] < 140 && data[i + 2] < 140) count++;
      count;
    }`);
  expect(await reds()).toBe(0);
  const radius = page
    .locator('[data-node="feather"] input[aria-label="Radius"], [data-node="feather"] .row.is-slider input')
    .last();
  await write(radius, "9999");
  await radius.press("Enter");
  await expect.poll(reds).toBeGreaterThan(0);
}, 90_000);
