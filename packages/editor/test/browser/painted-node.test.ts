import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, openEditor } from "../support/editor-page.ts";

afterAll(closeBrowser);

const workflow = {
  inlay: 1,
  nodes: {
    load: { type: "image/load", version: 1, inputs: { source: { $file: "coffee.png" } } },
    paint: {
      type: "mask/paint",
      version: 1,
      inputs: {
        image: { $link: ["load", "image"] },
        strokes: [
          {
            tool: "rectangle",
            mode: "add",
            points: [
              [0, 0],
              [2400, 3200],
            ],
          },
        ],
      },
    },
  },
  view: { nodes: { load: { x: 0, y: 0 }, paint: { x: 340, y: 0 } } },
};

/** What is read of a canvas: tests know no DOM. */
interface Drawn {
  readonly width: number;
  readonly height: number;
  getContext(kind: "2d"): { getImageData(...rect: readonly number[]): { readonly data: Uint8ClampedArray } };
}

/** How opaque the mask over the node's picture is, 0–255: a quarter and three quarters from the left. */
function shown(page: Page): Promise<readonly number[]> {
  return page.locator('[data-node="paint"] canvas.node-mask').evaluate((element) => {
    const canvas = element as unknown as Drawn;
    const at = (part: number) => [canvas.width * part, canvas.height / 2, 1, 1];
    return [0.25, 0.75].map((part) => canvas.getContext("2d").getImageData(...at(part)).data[3]!);
  });
}

test("a node shows what is painted before any run, a turned pen erases, and too large a mask is refused in words", async () => {
  const { page, dir } = await openEditor({
    files: { "remove-spoon/coffee.png": "coffee.png" },
    texts: { "workflows/paint.json": JSON.stringify(workflow) },
  });
  await expect.poll(() => shown(page), { timeout: 30_000 }).toEqual([255, 0]);

  await page.getByRole("button", { name: "Draw on the picture of Painted Mask" }).click();
  const stage = page.getByRole("application", { name: /^Picture of 600 × 400/ });
  const box = (await stage.boundingBox())!;
  await page.getByRole("button", { name: "Rectangle" }).click();
  // No driver of browsers has a pen with two ends, so its events are sent to the element; 1 is the mouse's own pointer.
  const pen = { pointerId: 1, pointerType: "pen", pressure: 1, button: 5, buttons: 32, bubbles: true };
  const place = { clientX: box.x + box.width * 0.3, clientY: box.y + box.height / 2 };
  await stage.dispatchEvent("pointerdown", { ...pen, ...place });
  await stage.dispatchEvent("pointerup", { ...pen, ...place, pressure: 0, buttons: 0 });
  await page.locator(".mask-count").getByText("2 strokes", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Invert" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await expect.poll(() => shown(page), { timeout: 30_000 }).toEqual([0, 255]);

  await page.keyboard.press("Control+s");
  await page.getByLabel("Unsaved changes").waitFor({ state: "detached" });
  const saved = JSON.parse(readFileSync(join(dir, "workflows/paint.json"), "utf8")) as typeof workflow;
  expect(saved.nodes.paint.inputs.strokes.map(({ tool }) => tool)).toEqual(["rectangle", "eraser", "invert"]);
  await page.addInitScript("Object.defineProperty(navigator, 'deviceMemory', { value: 0.001 })");
  await page.reload();
  await expect.poll(() => shown(page), { timeout: 30_000 }).toEqual([0, 255]);
  await page.getByRole("button", { name: "Draw on the picture of Painted Mask" }).click();
  await page.getByText(/^This picture has 0 megapixels/).waitFor();
}, 120_000);
