import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { dropFiles } from "../support/drop-files.ts";
import { closeBrowser, middle, openEditor } from "../support/editor-page.ts";
import { write } from "../support/write.ts";

afterAll(closeBrowser);

const patient = { timeout: 30_000 };

const files = { "local-fill/workflow.json": "workflows/tower.json", "local-fill/rocket.jpg": "rocket.jpg" };
const examples = fileURLToPath(new URL("../../../../examples/", import.meta.url));
const cup = join(examples, "remove-spoon/coffee.png");

/** Runs in the page: puts a picture on the clipboard. */
const copyPicture = `(async () => {
  const canvas = new OffscreenCanvas(8, 8);
  canvas.getContext("2d").fillRect(0, 0, 4, 4);
  await navigator.clipboard.write([new ClipboardItem({ "image/png": await canvas.convertToBlob() })]);
})()`;

test("pictures that are dropped or pasted are loaded, or go into the field that they fell on", async () => {
  const { page, dir } = await openEditor({ files });
  await dropFiles(page, [cup], { x: 700, y: 740 }, { beforeDrop: () => page.locator(".drop-hint").waitFor() });
  const added = page.locator('[data-node^="load-"]');
  await expect.poll(() => added.count(), patient).toBe(1);
  await expect.poll(() => added.textContent(), patient).toContain("coffee.png");
  await page.keyboard.press("Control+z");
  await expect.poll(() => added.count(), patient).toBe(0);

  await dropFiles(page, [cup], await middle(page, '[data-node="load"] .field-file'));
  await expect.poll(() => page.locator('[data-node="load"] .field-file').textContent(), patient).toContain("coffee");
  await page.keyboard.press("Control+z");
  await expect
    .poll(() => page.locator('[data-node="load"] .field-file').textContent(), patient)
    .toContain("rocket.jpg");

  const five = ["a", "b", "c", "d", "e"].map((name) => join(dir, `${name}.png`));
  for (const file of five) copyFileSync(cup, file);
  await dropFiles(page, five, { x: 700, y: 740 });
  await page.getByRole("dialog", { name: "5 pictures" }).getByRole("button", { name: "5 nodes" }).click();
  await expect.poll(() => added.count(), patient).toBe(5);
  await page.keyboard.press("Control+z");
  await expect.poll(() => added.count(), patient).toBe(0);
  await dropFiles(page, five, { x: 700, y: 740 });
  await page.getByRole("button", { name: "One node for the folder" }).click();
  const listing = page.locator('[data-node="files"]');
  await expect.poll(() => listing.innerHTML(), patient).toContain("inputs/batch");
  expect(readdirSync(join(dir, "inputs/batch"))).toEqual(["a.png", "b.png", "c.png", "d.png", "e.png"]);
  await page.keyboard.press("Control+z");
  await expect.poll(() => listing.count(), patient).toBe(0);

  await page.evaluate(copyPicture);
  await page.mouse.click(700, 760);
  await page.keyboard.press("Control+v");
  await expect.poll(() => added.count(), patient).toBe(1);
}, 120_000);

test("a picture made by Inlay opens its workflow, with Shift it is a picture; unsaved work is asked about", async () => {
  const { page, dir } = await openEditor({ files });
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.locator(".run-strip.is-succeeded").waitFor({ timeout: 60_000 });
  const [made = ""] = readdirSync(join(dir, "outputs"));
  const name = page.getByRole("complementary").getByRole("textbox", { name: "Name", exact: true });
  await write(name, "Changed since");

  const [place, free] = [
    { x: 420, y: 760 },
    { x: 900, y: 740 },
  ];
  await dropFiles(page, [join(dir, "outputs", made)], place, { isShifted: true });
  await expect.poll(() => page.locator('[data-node^="load-"]').count(), patient).toBe(1);

  await dropFiles(page, [join(dir, "outputs", made)], free);
  const asked = page.getByRole("dialog", { name: "There is unsaved work" });
  await asked.getByRole("button", { name: "Cancel" }).click();
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Changed since");
  await dropFiles(page, [join(dir, "outputs", made)], free);
  await asked.getByRole("button", { name: "Save and go on" }).click();
  await expect.poll(() => page.getByRole("heading", { level: 1 }).textContent(), patient).not.toBe("Changed since");
  expect(readFileSync(join(dir, "workflows/tower.json"), "utf8")).toContain("Changed since");
  expect(await page.locator('[data-node="load"]').count()).toBe(1);

  // What was open last is opened again, whatever was saved since.
  writeFileSync(join(dir, "workflows/newer.json"), '{ "inlay": 1, "name": "Newer", "nodes": {} }');
  const again = await page.context().newPage();
  await again.goto(page.url().split("#")[0]!);
  await expect.poll(() => again.getByRole("heading", { level: 1 }).textContent(), patient).toBe("Changed since");
  await again.close();

  writeFileSync(join(dir, "broken.json"), '{ "inlay": 1, "nodes": [] }');
  await dropFiles(page, [join(dir, "broken.json")], place);
  await expect.poll(() => page.getByRole("alert").textContent(), patient).toContain("broken.json cannot be opened");

  const good = readFileSync(join(examples, "remove-spoon/workflow.json"), "utf8");
  writeFileSync(join(dir, "good.json"), good.replace("Remove the spoon", "Dropped on the page"));
  await dropFiles(page, [join(dir, "good.json")], place);
  await expect.poll(() => page.getByRole("heading", { level: 1 }).textContent(), patient).toBe("Dropped on the page");
  await page.locator('[data-node="inpaint"]').waitFor();
}, 120_000);

test("a workflow is downloaded with its pictures, and taken in from that file beside what is there", async () => {
  const { page, dir } = await openEditor({ files });
  await page.keyboard.press("Control+Shift+s");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: /^Download with pictures/ }).click();
  const parcel = join(dir, "tower.inlay");
  await (await saved).saveAs(parcel);
  await page.keyboard.press("Escape");

  writeFileSync(join(dir, "rocket.jpg"), readFileSync(cup));
  await page.getByRole("button", { name: "Open a workflow" }).click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open a file from this computer…" }).click();
  await (await chooser).setFiles(parcel);
  const field = page.locator('[data-node="load"] .field-file');
  await expect.poll(() => field.textContent(), patient).toContain("rocket-2.jpg");
  await expect
    .poll(() => page.getByRole("status").allTextContents(), patient)
    .toContainEqual(expect.stringContaining("rocket.jpg was taken"));
  expect(readFileSync(join(dir, "rocket.jpg"))).toEqual(readFileSync(cup));
  expect(readFileSync(join(dir, "rocket-2.jpg"))).toEqual(readFileSync(join(examples, "local-fill/rocket.jpg")));
  expect(readFileSync(join(dir, "workflows/tower-2.json"), "utf8")).toContain("rocket-2.jpg");
}, 120_000);
