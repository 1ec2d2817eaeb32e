import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, middle, openEditor } from "../support/editor-page.ts";

afterAll(closeBrowser);

type Finger = readonly [x: number, y: number];

/** Fingers on the page, as the browser's touch screen sends them. */
async function fingers(page: Page) {
  const session = await page.context().newCDPSession(page);
  const send = (type: "touchStart" | "touchMove" | "touchEnd", points: readonly Finger[]) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
  return {
    down: (...points: readonly Finger[]) => send("touchStart", points),
    move: (...points: readonly Finger[]) => send("touchMove", points),
    up: () => send("touchEnd", []),
    async drag([x, y]: Finger, dx: number, dy: number) {
      await send("touchStart", [[x, y]]);
      for (let step = 1; step <= 6; step++) await send("touchMove", [[x + (dx * step) / 6, y + (dy * step) / 6]]);
    },
  };
}

test("on a phone, fingers move and zoom the view, move and choose nodes, draw links, and open the menu", async () => {
  const { page } = await openEditor({ width: 390, height: 844, isTouch: true });
  const touch = await fingers(page);
  await page.locator('[data-node="mask"] polygon').waitFor();
  const title = (id: string) => middle(page, `[data-node="${id}"] .node-title`);
  const selected = () => page.locator(".node.is-selected").count();
  const empty: Finger = [120, 800];

  const start = await title("load");
  await touch.drag([start.x, start.y], 0, 60);
  await touch.up();
  await expect.poll(async () => Math.round((await title("load")).y - start.y)).toBeGreaterThan(45);
  expect(await page.getByLabel("Unsaved changes").count()).toBe(1);
  await page.keyboard.press("Control+z");
  await expect.poll(async () => Math.round((await title("load")).y - start.y)).toBe(0);

  await touch.down(empty);
  await touch.up();
  await expect.poll(selected).toBe(0);
  await touch.down([start.x, start.y]);
  await touch.up();
  await expect.poll(selected).toBe(1);

  await touch.down([start.x, start.y]);
  await page.locator(".canvas.is-held").waitFor();
  await touch.up();
  await expect.poll(() => page.locator("[role=menu]").count()).toBe(1);
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  await expect.poll(() => page.locator("[data-node]").count()).toBeGreaterThan(3);
  await page.keyboard.press("Control+z");

  const socket = await middle(page, '[data-socket="load.output.image"]');
  await touch.drag([socket.x, socket.y], -60, 260);
  await touch.up();
  await expect.poll(() => page.locator("input[role=combobox]").count()).toBe(1);
  await page.keyboard.press("Escape");

  const before = await title("load");
  await touch.drag(empty, 60, -30);
  await touch.up();
  const panned = await title("load");
  expect([Math.round(panned.x - before.x), Math.round(panned.y - before.y)]).toEqual([60, -30]);

  // The first of two fingers stands on a node, which must stay where it is.
  const width = async () => (await page.locator('[data-node="load"]').boundingBox())!.width;
  const narrow = await width();
  await touch.down([panned.x, panned.y], [panned.x + 40, panned.y + 100]);
  for (let step = 1; step <= 4; step++)
    await touch.move(
      [panned.x - step * 4, panned.y - step * 4],
      [panned.x + 40 + step * 8, panned.y + 100 + step * 12],
    );
  await touch.up();
  await expect.poll(width).toBeGreaterThan(narrow * 1.3);
  expect(await page.getByLabel("Unsaved changes").count()).toBe(0);

  // Nor does a note go along that the first finger has begun to move.
  const away = await middle(page, ".note");
  await page.mouse.move(195, 400);
  await page.mouse.wheel(away.x - 195, away.y - 400);
  await expect.poll(async () => Math.abs((await middle(page, ".note")).x - 195)).toBeLessThan(3);
  const note = await middle(page, ".note");
  const small = await width();
  await touch.drag([note.x, note.y], 12, 12);
  await touch.down([note.x + 12, note.y + 12], [note.x + 12, note.y + 90]);
  for (let step = 1; step <= 4; step++)
    await touch.move([note.x + 12, note.y + 12 - step * 12], [note.x + 12, note.y + 90 + step * 12]);
  await touch.up();
  await expect.poll(width).toBeGreaterThan(small * 1.3);
  expect(await page.getByLabel("Unsaved changes").count()).toBe(0);
}, 90_000);

test("on a phone the settings, a run, and before and after are a few taps away", async () => {
  const { page } = await openEditor({ width: 390, height: 844, isTouch: true, sandbox: true });
  const touch = await fingers(page);
  await page.getByRole("button", { name: "Other ways to run" }).tap();
  await page.getByRole("menuitem", { name: "Settings of paid jobs" }).tap();
  await page.getByRole("radio", { name: /^Sandbox on this computer/ }).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).tap();
  await expect.poll(() => page.getByRole("dialog").count()).toBe(0);

  await page.getByRole("button", { name: "Run", exact: true }).tap();
  await page.locator(".run-strip.is-succeeded").waitFor({ timeout: 60_000 });
  await page.getByRole("button", { name: "Compare", exact: true }).tap();
  const slider = page.getByRole("slider", { name: "Line between before and after" });
  await expect.poll(() => slider.getAttribute("aria-valuenow")).toBe("50");
  const frame = (await page.locator(".viewer-frame:has(.compare-slider)").boundingBox())!;
  await touch.drag([frame.x + frame.width / 2, frame.y + frame.height / 2], -frame.width / 4, 0);
  await touch.up();
  await expect.poll(() => slider.getAttribute("aria-valuenow")).toBe("25");
}, 120_000);
