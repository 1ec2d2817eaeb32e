import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { closeBrowser, openEditor } from "../support/editor-page.ts";

afterAll(closeBrowser);

const at = (x: number) => ({ x, y: 60 });

/** Inpaints nothing: the mask lies beside the picture. */
const beside = {
  inlay: 1,
  nodes: {
    wall: { type: "image/solid", version: 1, inputs: { width: 64, height: 48, color: "#806040" } },
    mask: {
      type: "mask/rectangle",
      version: 1,
      inputs: { image: { $link: ["wall", "image"] }, x: 200, y: 20, width: 9, height: 9 },
    },
    inpaint: {
      type: "inpaint/inpaint",
      version: 1,
      inputs: { image: { $link: ["wall", "image"] }, mask: { $link: ["mask", "mask"] }, method: "local" },
    },
    view: { type: "image/preview", version: 1, inputs: { image: { $link: ["inpaint", "image"] } } },
  },
  view: { nodes: { wall: at(0), mask: at(280), inpaint: at(560), view: at(900) } },
};

test("an error that offers a fix has a button that makes it, and Undo takes it back", async () => {
  const folder = mkdtempSync(join(tmpdir(), "inlay-fix-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "wall.json");
  writeFileSync(file, JSON.stringify(beside));
  const { page } = await openEditor({ files: { [file]: "workflows/wall.json" } });
  const run = page.getByRole("button", { name: "Run", exact: true });
  await run.click();
  const fix = page.locator(".run-errors").getByRole("button", { name: "Keep the picture" });
  await fix.waitFor({ timeout: 45_000 });
  await fix.click();
  await run.click();
  await page.locator(".run-strip.is-succeeded").waitFor({ timeout: 45_000 });
  await page.locator(".canvas").focus();
  await page.keyboard.press("Control+z");
  await run.click();
  await fix.waitFor({ timeout: 45_000 });
  expect(await page.locator('[data-node="inpaint"] .fix-button').count()).toBe(1);
}, 120_000);
