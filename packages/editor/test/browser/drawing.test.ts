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
