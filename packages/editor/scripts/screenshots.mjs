// Takes the pictures in docs/images: `npm run build`, then `node packages/editor/scripts/screenshots.mjs`.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { findChrome } from "../../../scripts/find-chrome.mjs";
import { root } from "../../../scripts/run-command.mjs";

const images = `${root}docs/images/`;
mkdirSync(images, { recursive: true });
const browser = await chromium.launch({ executablePath: findChrome(), args: ["--no-sandbox"] });
for (const theme of ["dark", "light"]) await takePictures(theme);
await browser.close();

async function takePictures(theme) {
  const dir = mkdtempSync(join(tmpdir(), "inlay-pictures-"));
  const args = [`${root}scripts/start.mjs`, "--no-build", "--port", "0", "--workspace", dir];
  const server = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
  const address = await new Promise((resolve) => server.stdout.once("data", (data) => resolve(String(data).trim())));
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: theme });
  const page = await context.newPage();
  const picture = async (name) => {
    await page.waitForTimeout(800);
    await page.screenshot({ path: `${images}${name}-${theme}.jpg`, type: "jpeg", quality: 85 });
  };
  await page.goto(address);
  await page.locator('[data-node="mask"] polygon').waitFor();
  await picture("first-run");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const compare = page.getByRole("button", { name: "Compare", exact: true });
  await compare.waitFor({ timeout: 60_000 });
  await picture("editor");
  await compare.click();
  const slider = page.getByRole("slider", { name: "Line between before and after" });
  await slider.waitFor();
  await slider.press("End");
  for (let step = 0; step < 4; step++) await slider.press("Shift+ArrowLeft");
  await picture("compare");
  await context.close();
  server.kill();
  await new Promise((resolve) => server.once("exit", resolve));
  rmSync(dir, { recursive: true, force: true });
}
