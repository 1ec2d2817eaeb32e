import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, dragTo, openEditor } from "../support/editor-page.ts";
import { choose } from "../support/write.ts";

afterAll(closeBrowser);

const files = { "local-fill/workflow.json": "workflows/tower.json", "local-fill/rocket.jpg": "rocket.jpg" };

async function colourAt(page: Page, x: number, y: number): Promise<string> {
  await page.mouse.move(x, y);
  return (await page.getByLabel("Value of the pixel").textContent()) ?? "";
}

async function frame(page: Page) {
  await page.locator(".viewer-stage canvas").waitFor();
  await page.locator(".viewer-loading").waitFor({ state: "detached" });
  return (await page.locator(".viewer-frame").boundingBox())!;
}

test("the picture of a node opens large: wheel and keys zoom, the value under the pointer is told", async () => {
  const { page } = await openEditor({ files });
  const look = page.locator('[data-node="load"]').getByRole("button", { name: /^Look closely/ });
  await look.waitFor();
  let letGo = (): void => undefined;
  const mayCome = new Promise<void>((resolve) => (letGo = resolve));
  await page.route("**/api/files/rocket.jpg", (route) => mayCome.then(() => route.continue()));
  await look.click();
  await page.locator(".viewer-stage canvas").waitFor();
  await page.getByRole("status").filter({ hasText: "Loading the whole picture" }).waitFor();
  letGo();
  const box = await frame(page);
  const [x, y] = [box.x + box.width / 2 + 40, box.y + box.height / 2 + 30];
  const before = await colourAt(page, x, y);
  expect(before).toMatch(/^\d+, \d+ · R \d+ {2}G \d+ {2}B \d+ {2}A 255$/);
  await page.mouse.wheel(0, -900);
  await expect.poll(() => page.locator(".viewer-scale").textContent()).not.toBe("100 %");
  expect(await colourAt(page, x, y)).toBe(before);
  await page.keyboard.press("1");
  await expect.poll(() => page.locator(".viewer-scale").textContent()).toBe("100 %");
  await page.keyboard.press("Shift+ArrowRight");
  const next = /^(\d+), (\d+)/.exec((await page.getByLabel("Value of the pixel").textContent()) ?? "");
  await page.keyboard.press("Shift+ArrowRight");
  await expect
    .poll(() => page.getByLabel("Value of the pixel").textContent())
    .toMatch(new RegExp(`^${Number(next?.[1]) + 1}, ${next?.[2]} `));
  await page.keyboard.press("Escape");
  await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
}, 90_000);

test("after a run, before and after lie under a slider, moved by mouse and keys; a mask can lie over them", async () => {
  const { page } = await openEditor({ files });
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("button", { name: "Compare", exact: true }).click({ timeout: 60_000 });
  const box = await frame(page);
  const slider = page.getByRole("slider", { name: "Line between before and after" });
  expect(await slider.getAttribute("aria-valuenow")).toBe("50");
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await dragTo(page, middle, { x: box.x + box.width * 0.25, y: middle.y });
  expect(await slider.getAttribute("aria-valuenow")).toBe("25");
  await slider.press("End");
  expect(await slider.getAttribute("aria-valuenow")).toBe("100");
  const earlier = await pixelsAt(page, 1);
  await slider.press("Home");
  const plain = await pixelsAt(page, 0);
  expect(plain).not.toEqual(earlier);
  await page.getByRole("combobox", { name: "Mask over it" }).press("ArrowDown");
  await expect.poll(() => pixelsAt(page, 0)).not.toEqual(plain);

  // Any output beside any other, zoomed together; a mask's value is told in place of a colour's.
  await choose(page.getByRole("combobox", { name: "Mask over it" }), "Nothing");
  await choose(page.getByRole("combobox", { name: "Show" }), "Feather Mask · Mask");
  await choose(page.getByRole("combobox", { name: "Compare with" }), "Tower and lights · Mask");
  await page.getByRole("button", { name: "Side by side" }).click();
  await expect.poll(() => page.locator(".compare-name").allTextContents()).toEqual(["Before", "After"]);
  const value = page.getByLabel("Value of the pixel");
  const toldAt = async (part: number) => {
    await page.mouse.move(box.x + box.width * part, middle.y);
    return value.textContent();
  };
  const told = await toldAt(0.25);
  expect(told).toMatch(/^\d+, \d+ · \d+ of 255$/);
  expect(await toldAt(0.75)).toBe(told);
  // Zoomed over one half, both are: the same place of both is the same pixel, and it is another one than before.
  await toldAt(0.35);
  await page.mouse.wheel(0, -600);
  await expect.poll(() => toldAt(0.25)).not.toBe(told);
  expect(await toldAt(0.9)).toBe(await toldAt(0.4));
  expect(await toldAt(0.6)).toBe(await toldAt(0.1));
}, 120_000);

test("what is transparent is seen through to a checker, and its value is told", async () => {
  const clear = {
    inlay: 1,
    nodes: {
      plain: { type: "image/solid", version: 1, inputs: { width: 64, height: 48, color: "#11223300" } },
      show: { type: "image/preview", version: 1, inputs: { image: { $link: ["plain", "image"] } } },
    },
    view: { nodes: { plain: { x: 0, y: 0 }, show: { x: 320, y: 0 } } },
  };
  const { page } = await openEditor({ files: {}, texts: { "workflows/clear.json": JSON.stringify(clear) } });
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.locator(".run-strip.is-succeeded").waitFor({ timeout: 60_000 });
  await page.locator('[data-node="show"] .node-title').click();
  await page.keyboard.press("v");
  const box = await frame(page);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  expect(await colourAt(page, x, y)).toMatch(/A 0$/);
  const clip = { x: x - 16, y: y - 16, width: 32, height: 32 };
  await page.mouse.move(box.x + 2, box.y + 2);
  const seen = await sharp(await page.screenshot({ clip }))
    .removeAlpha()
    .raw()
    .toBuffer();
  const shades = new Set(Array.from({ length: 32 * 32 }, (_, i) => seen.toString("hex", i * 3, i * 3 + 3)));
  expect([...shades].sort()).toEqual(["c9cbd1", "ffffff"]);
}, 90_000);

/** What is drawn while the slider stands there, as a short text. */
async function pixelsAt(page: Page, divider: number): Promise<string> {
  const slider = page.getByRole("slider", { name: "Line between before and after" });
  await expect.poll(() => slider.getAttribute("aria-valuenow")).toBe(String(divider * 100));
  const picture = await page.locator(".viewer-stage").screenshot();
  return picture.toString("base64");
}
