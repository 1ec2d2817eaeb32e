import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, dragTo, openEditor } from "../support/editor-page.ts";
import { choose, write } from "../support/write.ts";

afterAll(closeBrowser);

const image = { $link: ["load", "image"] };
const workflow = {
  inlay: 1,
  inputs: {
    photo: { type: "image", default: { $file: "coffee.png" }, order: 1 },
    area: { type: "file", order: 2 },
    outline: {
      type: "json",
      default: [
        [50, 50],
        [300, 60],
        [200, 300],
      ],
      order: 3,
    },
    side: { type: "integer", default: 40, order: 4 },
  },
  nodes: {
    load: { type: "image/load", version: 1, inputs: { source: { $input: "photo" } } },
    drawn: { type: "image/load", version: 1, inputs: { source: { $input: "area" } } },
    mask: { type: "mask/from-image", version: 1, inputs: { image: { $link: ["drawn", "image"] } } },
    fill: { type: "inpaint/fill-from-surroundings", version: 1, inputs: { image, mask: { $link: ["mask", "mask"] } } },
    polygon: { type: "mask/polygon", version: 1, inputs: { image, points: { $input: "outline" } } },
    plain: { type: "image/solid", version: 1, inputs: { width: { $input: "side" } } },
  },
  view: {
    nodes: {
      load: { x: 0, y: 0 },
      drawn: { x: 0, y: 300 },
      mask: { x: 320, y: 300 },
      fill: { x: 640, y: 0 },
      polygon: { x: 640, y: 300 },
      plain: { x: 320, y: 0 },
    },
  },
};

interface Saved {
  readonly inputs: { readonly [name: string]: { readonly default?: unknown; readonly type: string } };
  readonly nodes: { readonly polygon: { readonly inputs: { readonly points: unknown } } };
}

test("the values of named inputs are set with the widgets and editors of the fields that they feed", async () => {
  const { page, dir } = await openEditor({
    files: { "remove-spoon/coffee.png": "coffee.png" },
    texts: { "workflows/named.json": JSON.stringify(workflow) },
  });
  const inspector = page.getByRole("complementary", { name: "Inspector" });

  await write(inspector.getByLabel("Value of side"), "20*4");
  await page.keyboard.press("Enter");
  await expect
    .poll(() => page.locator('[data-node="plain"]').getByRole("textbox", { name: "Width" }).inputValue())
    .toBe("80");

  await inspector.getByRole("button", { name: "Value of outline: 3 points Draw…" }).click();
  await page.getByRole("button", { name: "Corner 1: 50, 50" }).focus();
  await page.keyboard.press("Shift+ArrowRight");
  await page.getByRole("button", { name: "Corner 1: 60, 50" }).waitFor();
  await page.getByRole("button", { name: "Done" }).click();

  await choose(inspector.getByLabel("What the file of area is"), "a mask");
  await inspector.getByRole("button", { name: "Paint…" }).click();
  const stage = page.getByRole("application", { name: /^Picture of 600 × 400/ });
  const box = (await stage.boundingBox())!;
  await page.keyboard.press("r");
  const from = { x: box.x + 10, y: box.y + 10 };
  await dragTo(page, from, { x: box.x + box.width / 2, y: box.y + box.height - 10 });
  await page.locator(".mask-count").getByText("1 stroke", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Done" }).click();
  await inspector.getByRole("button", { name: "Value of area: inputs/area.png" }).waitFor();

  await page.keyboard.press("Control+s");
  await page.getByLabel("Unsaved changes").waitFor({ state: "detached" });
  const { inputs, nodes } = JSON.parse(readFileSync(join(dir, "workflows/named.json"), "utf8")) as Saved;
  expect(inputs).toMatchObject({
    area: { type: "mask", default: { $file: "inputs/area.png" } },
    outline: { default: [[60, 50], expect.anything(), expect.anything()] },
    side: { default: 80 },
  });
  expect(nodes.polygon.inputs.points).toEqual({ $input: "outline" });
  const { data, info } = await sharp(join(dir, "inputs/area.png"))
    .toColourspace("b-w")
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: 600, height: 400, channels: 1 });
  expect([data[200 * 600 + 100], data[200 * 600 + 500]]).toEqual([255, 0]);
}, 120_000);
