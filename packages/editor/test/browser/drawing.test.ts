import { afterAll, expect, test } from "vitest";
import { closeBrowser, openEditor } from "../support/editor-page.ts";

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
  await page.getByRole("button", { name: "Done" }).click();
  await page.keyboard.press("Control+z");
  await expect.poll(() => page.getByLabel("Unsaved changes").count()).toBe(0);
}, 120_000);

test("a stroke is painted on the photograph and kept in the workflow", async () => {
  const { page } = await openEditor();
  await page.mouse.dblclick(560, 800);
  await page.keyboard.type("painted mask");
  await page.keyboard.press("Enter");
  const [from, to] = [
    page.locator('[data-socket="load.output.image"]'),
    page.locator('[data-socket="paint.input.image"]'),
  ];
  await to.waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.keyboard.press(".");
  await page.waitForTimeout(500);
  await from.hover();
  await page.mouse.down();
  await to.hover();
  await page.mouse.up();
  await page.getByRole("img", { name: "What Painted Mask shows" }).waitFor();
  await page
    .locator('[data-node="paint"]')
    .getByRole("button", { name: /0 strokes/ })
    .click();
  const paper = (await page.locator(".shape-brush").boundingBox())!;
  await page.mouse.move(paper.x + 100, paper.y + 100);
  await page.mouse.down();
  await page.mouse.move(paper.x + 220, paper.y + 140, { steps: 6 });
  await page.mouse.up();
  await page.getByRole("button", { name: "Done" }).click();
  await page
    .locator('[data-node="paint"]')
    .getByRole("button", { name: /1 strokes/ })
    .waitFor();
}, 120_000);
