import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const start = fileURLToPath(new URL("../../scripts/start.mjs", import.meta.url));

/**
 * How long a browser that has nothing of the editor takes to paint the sample that `npm start` opens, in milliseconds from the
 * beginning of the navigation: `paint` until its first contentful paint, `nodes` until the sample's nodes are in a frame.
 */
export async function firstPaints(browser, rounds) {
  const folder = mkdtempSync(join(tmpdir(), "inlay-bench-sample-"));
  const args = [start, "--no-build", "--port", "0", "--workspace", join(folder, "sample")];
  const server = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
  try {
    const address = await new Promise((resolve, reject) => {
      server.stdout.once("data", (data) => resolve(String(data).trim()));
      server.once("exit", (code) => reject(new Error(`The server ended with ${code}.`)));
    });
    const signing = await browser.newContext();
    await (await signing.newPage()).goto(address);
    const storageState = await signing.storageState();
    await signing.close();
    const found = [];
    for (let round = 0; round < rounds; round++)
      found.push(await paintOf(browser, new URL("/", address), storageState));
    return found;
  } finally {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function paintOf(browser, address, storageState) {
  const context = await browser.newContext({ viewport: { width: 1600, height: 900 }, storageState });
  const page = await context.newPage();
  await page.goto(address.href, { waitUntil: "commit" });
  const nodes = await page.evaluate(untilNodesAreDrawn);
  const paint = await page.evaluate(
    `performance.getEntriesByType("paint").find(({ name }) => name === "first-contentful-paint")?.startTime`,
  );
  await context.close();
  return { paint, nodes };
}

// What follows runs in the page.

async function untilNodesAreDrawn() {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  while (document.querySelectorAll("[data-node]").length < 5) await frame();
  await frame();
  return performance.now();
}
