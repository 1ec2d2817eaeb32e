import { afterAll, expect, test } from "vitest";
import { closeBrowser, dragTo, middle, openEditor } from "../support/editor-page.ts";
import { write } from "../support/write.ts";

afterAll(closeBrowser);

test("dragging the empty canvas moves the view, the wheel zooms at the pointer, and the key `.` shows everything", async () => {
  const { page } = await openEditor();
  const before = await middle(page, '[data-node="save"] .node-title');
  await dragTo(page, { x: 200, y: 760 }, { x: 260, y: 800 });
  const moved = await middle(page, '[data-node="save"] .node-title');
  expect([Math.round(moved.x - before.x), Math.round(moved.y - before.y)]).toEqual([60, 40]);
  await page.mouse.move(moved.x, moved.y);
  await page.mouse.wheel(0, -240);
  await expect.poll(async () => (await page.locator('[data-node="save"]').boundingBox())!.width).toBeGreaterThan(220);
  expect(Math.abs((await middle(page, '[data-node="save"] .node-title')).x - moved.x)).toBeLessThan(4);
  await page.keyboard.press(".");
  await expect
    .poll(async () => Math.round((await middle(page, '[data-node="save"] .node-title')).x))
    .toBe(Math.round(before.x));
}, 60_000);

test("two fingers on a trackpad move and pinch the view, the minimap goes where it is pressed, and what is typed outlives its card", async () => {
  const { page } = await openEditor();
  const feather = page.locator('[data-node="feather"]');
  const radius = feather.getByRole("textbox", { name: "Radius" });
  const place = async () => (await feather.boundingBox())!;
  await write(radius, "4*");
  await page.mouse.click(200, 800);
  const before = await place();
  await page.mouse.move(600, 560);
  await page.mouse.wheel(-30, -20);
  await expect.poll(async () => Math.round((await place()).x - before.x)).toBe(30);
  expect(Math.round((await place()).y - before.y)).toBe(20);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -20);
  await page.keyboard.up("Control");
  await expect.poll(async () => (await place()).width / before.width).toBeGreaterThan(1.15);
  expect((await place()).width / before.width).toBeLessThan(1.3);

  // Far to the left of the nodes their cards go; they are at the right end of the minimap.
  for (let step = 0; step < 24; step++) await page.mouse.wheel(-300, 1);
  await expect.poll(() => feather.count()).toBe(0);
  const map = (await page.locator(".minimap").boundingBox())!;
  await page.mouse.click(map.x + map.width * 0.92, map.y + map.height / 2);
  await radius.waitFor();
  expect(await radius.inputValue()).toBe("4*");
  expect(await page.getByLabel("Unsaved changes").count()).toBe(0);
  await radius.click();
  await page.keyboard.press("End");
  await page.keyboard.type("3");
  await page.keyboard.press("Enter");
  await expect.poll(() => radius.inputValue()).toBe("12");
}, 60_000);

test("Shift and drag select an area, Alt and drag take it out, and a drag moves all that is selected in one step", async () => {
  const { page } = await openEditor();
  const selected = () => page.locator(".node.is-selected").count();
  await page.keyboard.down("Shift");
  await dragTo(page, { x: 240, y: 480 }, { x: 660, y: 680 });
  await page.keyboard.up("Shift");
  expect(await selected()).toBe(2);
  const before = await Promise.all(["mask", "feather"].map((id) => middle(page, `[data-node="${id}"] .node-title`)));
  await dragTo(page, before[0]!, { x: before[0]!.x + 20, y: before[0]!.y + 70 });
  const after = await Promise.all(["mask", "feather"].map((id) => middle(page, `[data-node="${id}"] .node-title`)));
  expect(Math.round(after[1]!.y - before[1]!.y)).toBe(Math.round(after[0]!.y - before[0]!.y));
  await page.keyboard.press("Control+z");
  expect(await page.getByLabel("Unsaved changes").count()).toBe(0);
  await page.keyboard.down("Alt");
  await dragTo(page, { x: 454, y: 480 }, { x: 660, y: 680 });
  await page.keyboard.up("Alt");
  expect(await selected()).toBe(1);
}, 60_000);

test("far out, an overview is drawn instead of cards, and coming back brings them", async () => {
  const { page } = await openEditor();
  await page.mouse.move(600, 500);
  await page.mouse.wheel(0, 900);
  await expect.poll(() => page.locator('[data-node="save"]').isVisible()).toBe(false);
  expect(await page.locator("canvas.overview").isVisible()).toBe(true);
  // A letter works wherever no field has the focus, as after a click on a button.
  await page.getByRole("button", { name: "Run", exact: true }).focus();
  await page.keyboard.press(".");
  await expect.poll(() => page.locator('[data-node="save"]').isVisible()).toBe(true);
}, 60_000);

test("a node dropped on a link goes between its ends", async () => {
  const { page } = await openEditor();
  await page.mouse.dblclick(560, 800);
  await page.keyboard.type("blur image");
  await page.keyboard.press("Enter");
  const title = await middle(page, '[data-node="blur"] .node-title');
  await dragTo(page, title, { x: 430, y: 420 });
  await expect.poll(() => page.locator(".links path").count()).toBe(6);
  await page.keyboard.press("Control+z");
  await expect.poll(() => page.locator(".links path").count()).toBe(5);
}, 60_000);

test("a note is written where it stands, and a frame carries its nodes", async () => {
  const { page } = await openEditor();
  await page.locator(".note").dblclick();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Mind the cup");
  await page.keyboard.press("Escape");
  await page.mouse.click(200, 800);
  expect(await page.locator(".note p").textContent()).toBe("Mind the cup");
  await page.locator('[data-node="feather"] .node-title').click();
  await page.keyboard.press("Control+g");
  const before = await middle(page, '[data-node="feather"] .node-title');
  const frame = (await page.locator(".frame-title").boundingBox())!;
  const grip = { x: frame.x + frame.width / 2, y: frame.y + 4 };
  await dragTo(page, grip, { x: grip.x, y: grip.y + 80 });
  expect(Math.round((await middle(page, '[data-node="feather"] .node-title')).y - before.y)).toBe(80);

  const box = async () => (await page.locator(".frame").boundingBox())!;
  const old = await box();
  const edge = { x: old.x, y: old.y + old.height / 2 };
  await dragTo(page, edge, { x: edge.x - 50, y: edge.y + 20 });
  const wider = await box();
  expect([old.x - wider.x, wider.width - old.width, wider.y - old.y].map(Math.round)).toEqual([50, 50, 0]);

  // New notes cover neither nodes nor each other.
  for (let made = 0; made < 2; made++) {
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Add a note" }).click();
  }
  const boxes = await Promise.all(
    (await page.locator("[data-node], .note").all()).map(async (each) => (await each.boundingBox())!),
  );
  const [second, first] = boxes.filter((_, i) => i >= boxes.length - 2).toReversed();
  const covers = (a: typeof old, b: typeof old) =>
    a !== b && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  expect(boxes.filter((each) => covers(each, first!) || covers(each, second!))).toEqual([]);
}, 60_000);

test("an idle canvas draws nothing", async () => {
  const { page } = await openEditor();
  await page.waitForTimeout(1500);
  await page.evaluate(
    `{ window.asked = 0; const real = requestAnimationFrame; window.requestAnimationFrame = (f) => { window.asked++; return real(f); } }`,
  );
  await page.waitForTimeout(2000);
  expect(await page.evaluate("window.asked")).toBe(0);
}, 60_000);
