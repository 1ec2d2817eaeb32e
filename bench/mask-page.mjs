// The mask editor on a picture of 8192 × 8192 pixels, served as `inlay serve` does, in a real browser.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import sharp from "sharp";
import { findChrome } from "../scripts/find-chrome.mjs";

const side = 8192;
const one = (type, inputs) => ({ type, version: 1, inputs });
const workflow = {
  inlay: 1,
  nodes: {
    load: one("image/load", { source: { $file: "large.jpg" } }),
    paint: one("mask/paint", { image: { $link: ["load", "image"] } }),
  },
  view: { nodes: { load: { x: 0, y: 0 }, paint: { x: 340, y: 0 } } },
};

/** Opens the page once and gives what strokes on it; browser and server end with the process. */
export async function openMaskPage() {
  const dir = mkdtempSync(join(tmpdir(), "inlay-bench-"));
  mkdirSync(join(dir, "workflows"));
  const noise = { type: "gaussian", mean: 128, sigma: 40 };
  const grain = sharp({ create: { width: side / 16, height: side / 16, channels: 3, background: "#808080", noise } });
  await sharp(await grain.png().toBuffer())
    .resize(side, side)
    .jpeg({ quality: 80 })
    .toFile(join(dir, "large.jpg"));
  writeFileSync(join(dir, "workflows/paint.json"), JSON.stringify(workflow));
  const command = fileURLToPath(new URL("../packages/cli/bin/inlay.js", import.meta.url));
  const server = spawn(process.execPath, [command, "serve", "--workspace", dir, "--port", "0"], {
    stdio: ["ignore", "pipe", "ignore"],
    cwd: dir,
  });
  const address = await new Promise((resolve) => server.stdout.once("data", (data) => resolve(String(data).trim())));
  const browser = await chromium.launch({
    executablePath: findChrome(),
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
  process.once("exit", () => {
    server.kill();
    rmSync(dir, { recursive: true, force: true });
  });
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.setDefaultTimeout(120_000);
  await page.goto(address);
  await page.locator('[data-node="paint"] .node-title').click();
  await page.keyboard.press("d");
  await page.locator(".mask-stage").waitFor();
  await page.evaluate(recordLatencies);
  return {
    /** Milliseconds that 95 of 100 moves of a stroke's pointer are shown within. */
    async stroke(size, zoom) {
      await page.keyboard.press(zoom);
      await page.getByRole("spinbutton", { name: "Size" }).fill(String(size));
      const box = await page.locator(".mask-stage").boundingBox();
      const at = (t) => [
        box.x + box.width * (0.5 + 0.3 * Math.cos(t / 9)),
        box.y + box.height * (0.5 + 0.3 * Math.sin(t / 7)),
      ];
      await page.mouse.move(...at(0));
      await page.mouse.down();
      await page.evaluate("window.latencies = []");
      for (let t = 1; t <= 120; t++) await page.mouse.move(...at(t));
      await page.mouse.up();
      const times = (await page.evaluate("window.latencies")).sort((a, b) => a - b);
      await page.keyboard.press("Control+z");
      return times[Math.floor(times.length * 0.95)];
    },
    async close() {
      await browser.close();
      server.kill();
      server.stdout.destroy();
    },
  };
}

/** In the page: from a pointer's move until the frame that shows it is drawn. */
function recordLatencies() {
  window.latencies = [];
  let waiting = [];
  window.addEventListener(
    "pointermove",
    (event) => {
      if (event.buttons === 0) return;
      waiting.push(event.timeStamp);
      if (waiting.length > 1) return;
      requestAnimationFrame(() =>
        // Asked for before the editor's own frame: a task later that one has drawn too.
        setTimeout(() => {
          const now = performance.now();
          window.latencies.push(...waiting.map((time) => now - time));
          waiting = [];
        }),
      );
    },
    true,
  );
}
