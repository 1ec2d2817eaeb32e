import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { closeBrowser, openEditor } from "../support/editor-page.ts";
import { choose } from "../support/write.ts";

afterAll(closeBrowser);

const at = (x: number) => ({ x, y: 60 });
const square = { x: 20, y: 20, width: 12, height: 12 };

/** Three seeds through one node. */
const three = {
  inlay: 1,
  nodes: {
    wall: { type: "image/solid", version: 1, inputs: { width: 64, height: 48, color: "#806040" } },
    mask: { type: "mask/rectangle", version: 1, inputs: { image: { $link: ["wall", "image"] }, ...square } },
    seeds: { type: "value/range", version: 1, inputs: { start: 5, count: 3 } },
    inpaint: {
      type: "inpaint/inpaint",
      version: 1,
      inputs: {
        image: { $link: ["wall", "image"] },
        mask: { $link: ["mask", "mask"] },
        seed: { $link: ["seeds", "list"] },
        method: "local",
      },
    },
    view: { type: "image/preview", version: 1, inputs: { image: { $link: ["inpaint", "image"] } } },
  },
  view: { nodes: { wall: at(0), mask: at(280), seeds: { x: 280, y: 420 }, inpaint: at(560), view: at(900) } },
};

test("variations stand on a strip, and the one that is kept is the node's seed and result", async () => {
  const folder = mkdtempSync(join(tmpdir(), "inlay-variations-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "three.json");
  writeFileSync(file, JSON.stringify(three));
  const { page, dir } = await openEditor({ files: { [file]: "workflows/three.json" } });
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.locator(".run-strip.is-succeeded").waitFor({ timeout: 60_000 });

  await page.locator('[data-node="inpaint"] .node-look').click();
  const strip = page.getByRole("group", { name: "Variations" });
  await strip.getByRole("button", { name: "Variation 3" }).click({ timeout: 45_000 });
  await page.getByRole("button", { name: "Use this one" }).click();
  await strip.waitFor({ state: "detached", timeout: 45_000 });

  await page.keyboard.press("Control+s");
  await expect
    .poll(() => JSON.parse(readFileSync(join(dir, "workflows/three.json"), "utf8")).nodes.inpaint, { timeout: 45_000 })
    .toMatchObject({ inputs: { seed: 7 }, pinned: { image: { $file: expect.any(String) }, request: { seed: 7 } } });
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.locator('[data-node="inpaint"] .node-status.is-pinned').waitFor({ timeout: 60_000 });
}, 180_000);

test("several variations are one choice at the seed, and the jobs beside Run are as many", async () => {
  const { seeds: _, ...nodes } = three.nodes;
  const { seed: __, method: ___, ...inputs } = nodes.inpaint.inputs;
  const one = {
    ...three,
    nodes: { ...nodes, inpaint: { ...nodes.inpaint, inputs: { ...inputs, seed: 5, prompt: "a wall" } } },
  };
  const { page, dir } = await openEditor({
    sandbox: true,
    texts: { "workflows/one.json": JSON.stringify(one) },
    files: {},
  });
  await page.getByText("1 job", { exact: true }).waitFor();
  await choose(page.locator('[data-node="inpaint"]').getByLabel("Seed: How the seed changes"), "Several variations…");
  await page.locator('[data-node="seeds"]').waitFor();
  await page.getByText("4 jobs", { exact: true }).waitFor({ timeout: 30_000 });
  await page.locator('[data-node="seeds"]').getByLabel("Count", { exact: true }).click();
  await page.keyboard.type("3");
  await page.keyboard.press("Enter");
  await page.getByText("3 jobs", { exact: true }).waitFor({ timeout: 30_000 });
  await page.keyboard.press("Control+s");
  await expect
    .poll(() => JSON.parse(readFileSync(join(dir, "workflows/one.json"), "utf8")).nodes, { timeout: 30_000 })
    .toMatchObject({
      inpaint: { inputs: { seed: { $link: ["seeds", "seeds"] } } },
      seeds: { type: "value/seeds", inputs: { seed: 5, count: 3 } },
    });
}, 120_000);
