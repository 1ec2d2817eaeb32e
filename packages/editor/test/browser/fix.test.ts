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

test("a file that is not there marks its field; a refused run is told each time, and goes when it is mended", async () => {
  const folder = mkdtempSync(join(tmpdir(), "inlay-fix-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "cup.json");
  const nodes = {
    load: { type: "image/load", version: 1, inputs: { source: { $file: "inputs/gone.png" } } },
    save: { type: "image/save", version: 1, inputs: { image: { $link: ["load", "image"] } } },
  };
  writeFileSync(file, JSON.stringify({ inlay: 1, nodes, view: { nodes: { load: at(0), save: at(340) } } }));
  const { page } = await openEditor({ files: { [file]: "workflows/cup.json" } });
  const generous = { timeout: 45_000 };
  const run = page.getByRole("button", { name: "Run", exact: true });
  const errors = page.locator(".run-errors");
  await run.click();
  await errors.getByRole("button", { name: "Load Image · source" }).waitFor(generous);
  await page.locator('[data-node="load"] .node-status.is-failed').waitFor();
  expect(await page.locator('[data-file-node="load"][aria-invalid="true"]').count()).toBeGreaterThan(0);

  await page.locator('[data-node="save"] .node-title').click();
  await page.keyboard.press("Delete");
  for (const _ of [1, 2]) {
    await run.click();
    await errors.getByText("The workflow has nothing to produce.").waitFor(generous);
    await errors.getByRole("button", { name: "Close the list of errors" }).click();
  }
  await page.getByRole("button", { name: "What went wrong" }).click();
  await errors.waitFor();
  await page.keyboard.press("Control+z");
  await expect.poll(() => page.locator(".run-strip").count(), generous).toBe(0);
}, 120_000);
