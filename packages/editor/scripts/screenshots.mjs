// Takes the pictures in docs/images: `npm run build`, then `node packages/editor/scripts/screenshots.mjs [name…]`.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import sharp from "sharp";
import { findChrome } from "../../../scripts/find-chrome.mjs";
import { root } from "../../../scripts/run-command.mjs";

const wanted = process.argv.slice(2);
const images = `${root}docs/images/`;
mkdirSync(images, { recursive: true });
const browser = await chromium.launch({ executablePath: findChrome(), args: ["--no-sandbox"] });
for (const theme of ["dark", "light"]) {
  await takeSample(theme);
  await takeFailure(theme);
}
await browser.close();

/** A workspace as `npm start` makes it: opened, run, compared, and what is told of it. */
async function takeSample(theme) {
  const { page, picture, close } = await open(theme, [`${root}scripts/start.mjs`, "--no-build"]);
  await page.locator('[data-node="mask"] polygon').waitFor();
  await picture("first-run");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.locator('[data-node="inpaint"] .node-status.is-running').waitFor({ timeout: 60_000 });
  await picture("running", 0);
  const compare = page.getByRole("button", { name: "Compare", exact: true });
  await compare.waitFor({ timeout: 60_000 });
  await picture("editor");
  await compare.click();
  const slider = page.getByRole("slider", { name: "Line between before and after" });
  await slider.waitFor();
  await slider.press("End");
  for (let step = 0; step < 4; step++) await slider.press("Shift+ArrowLeft");
  await picture("compare");
  await page.keyboard.press("Escape");
  await page.locator(".canvas").focus();
  await page.keyboard.press("h");
  await page.locator("dialog[open] img").first().waitFor();
  await picture("history");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Open a workflow" }).click();
  await page.getByRole("button", { name: "Empty workflow" }).click();
  await page.locator(".welcome img").first().waitFor();
  await picture("welcome");
  await close();
}

/** A workspace that pays: its settings, the question before a run, and a job in doubt. */
async function takeFailure(theme) {
  const service = await startService({ script: { submit: [{ fault: "reset", when: "handled" }] } });
  const { page, picture, close } = await open(theme, [`${root}packages/cli/bin/inlay.js`, "serve"], service.env);
  await page.locator(".welcome .picture-button").first().click();
  await page.locator('[data-node="mask"] polygon').waitFor();
  await page.locator(".canvas").focus();
  await page.keyboard.press("Control+,");
  await page.locator("dialog[open] .settings-service").first().waitFor();
  await picture("settings");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const pay = page.getByRole("button", { name: "Run and pay" });
  await pay.waitFor();
  await picture("pay");
  await pay.click();
  await page.locator('[data-node="inpaint"] .node-status.is-unknown').waitFor({ timeout: 60_000 });
  await picture("failed");
  await close();
  await service.close();
}

/** Opens what a command serves, in a workspace of its own. */
async function open(theme, [script, ...args], env = {}) {
  const dir = mkdtempSync(join(tmpdir(), "inlay-pictures-"));
  const command = [script, ...args, "--port", "0", "--workspace", join(dir, "pictures")];
  const server = spawn(process.execPath, command, {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, ...env },
  });
  const address = await new Promise((resolve) => server.stdout.once("data", (data) => resolve(String(data).trim())));
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: theme });
  const page = await context.newPage();
  await page.goto(address);
  await page.locator("[data-node], .canvas-empty").first().waitFor();
  const picture = async (name, rest = 800) => {
    await page.waitForTimeout(rest);
    if (wanted.length > 0 && !wanted.includes(name)) return;
    const png = await page.screenshot({ type: "png" });
    await sharp(png).webp({ quality: 82, effort: 6 }).toFile(`${images}${name}-${theme}.webp`);
  };
  const close = async () => {
    await context.close();
    await ended(server);
    rmSync(dir, { recursive: true, force: true });
  };
  return { page, picture, close };
}

/** A service of paid jobs in which something goes wrong. */
async function startService(faults) {
  const dir = mkdtempSync(join(tmpdir(), "inlay-service-"));
  writeFileSync(join(dir, "faults.json"), JSON.stringify(faults));
  const args = ["sandbox", "--port", "0", "--workspace", dir, "--faults", join(dir, "faults.json")];
  const server = spawn(process.execPath, [`${root}packages/cli/bin/inlay.js`, ...args], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const told = await new Promise((resolve) => server.stdout.once("data", (data) => resolve(String(data))));
  const value = (name) => new RegExp(`^${name}=(.+)$`, "m").exec(told)?.[1] ?? "";
  const env = {
    RUNCOMFY_BASE_URL: value("RUNCOMFY_BASE_URL"),
    RUNCOMFY_API_TOKEN: value("RUNCOMFY_API_TOKEN"),
    INLAY_CONFIG_DIR: join(dir, "config"),
  };
  const close = async () => {
    await ended(server);
    rmSync(dir, { recursive: true, force: true });
  };
  return { env, close };
}

async function ended(server) {
  const exit = new Promise((resolve) => server.once("exit", resolve));
  server.kill();
  await exit;
}
