// Takes the pictures in docs/images: `npm run build`, then `node packages/editor/scripts/screenshots.mjs [name…]`.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import sharp from "sharp";
import { findChrome } from "../../../scripts/find-chrome.mjs";
import { root } from "../../../scripts/run-command.mjs";

/** Ways of the brush over the sample's spoon, in pixels of its photograph. */
const spoon = [
  [
    [412, 78],
    [400, 110],
    [390, 150],
    [382, 190],
    [372, 235],
  ],
  [
    [345, 280],
    [352, 305],
    [378, 312],
    [396, 290],
    [392, 262],
    [368, 256],
    [356, 285],
    [375, 290],
  ],
];

const wanted = process.argv.slice(2);
const images = `${root}docs/images/`;
mkdirSync(images, { recursive: true });
const browser = await chromium.launch({ executablePath: findChrome(), args: ["--no-sandbox"] });
for (const theme of ["dark", "light"]) {
  await takeSample(theme);
  await takeFailure(theme);
  await takeMask(theme);
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
  await page.locator(".welcome .template").first().click();
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

/** A spoon that is painted in the mask editor. */
async function takeMask(theme) {
  const nodes = {
    load: { type: "image/load", version: 1, inputs: { source: { $file: "coffee.png" } } },
    paint: { type: "mask/paint", version: 1, inputs: { image: { $link: ["load", "image"] } } },
  };
  const view = { nodes: { load: { x: 0, y: 0 }, paint: { x: 340, y: 0 } } };
  const prepare = (workspace) => {
    mkdirSync(join(workspace, "workflows"), { recursive: true });
    cpSync(`${root}examples/remove-spoon/coffee.png`, join(workspace, "coffee.png"));
    writeFileSync(join(workspace, "workflows", "paint.json"), JSON.stringify({ inlay: 1, nodes, view }));
  };
  const serve = [`${root}packages/cli/bin/inlay.js`, "serve", "--sandbox"];
  const { page, picture, close } = await open(theme, serve, {}, prepare);
  await page.getByRole("img", { name: "What Painted Mask shows" }).waitFor();
  await page
    .locator('[data-node="paint"]')
    .getByRole("button", { name: /strokes/ })
    .click();
  const stage = page.getByRole("application", { name: /^Picture of 600 × 400/ });
  const box = await stage.boundingBox();
  const scale = Math.min(box.width / 600, box.height / 400);
  const at = ([x, y]) => [box.x + box.width / 2 + (x - 300) * scale, box.y + box.height / 2 + (y - 200) * scale];
  for (const way of spoon) {
    await page.mouse.move(...at(way[0]));
    await page.mouse.down();
    for (const point of way) await page.mouse.move(...at(point), { steps: 6 });
    await page.mouse.up();
  }
  await picture("mask-editor");
  await close();
}

/** Opens what a command serves, in a workspace of its own. */
async function open(theme, [script, ...args], env = {}, prepare = () => undefined) {
  const dir = mkdtempSync(join(tmpdir(), "inlay-pictures-"));
  prepare(join(dir, "pictures"));
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
