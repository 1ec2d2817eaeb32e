import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { closeBrowser, middle, openPage } from "../support/editor-page.ts";

afterAll(closeBrowser);

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** What `npm start` does after building: the address that it prints, and its workspace. */
async function start(): Promise<{ readonly address: string; readonly dir: string }> {
  const dir = join(mkdtempSync(join(tmpdir(), "inlay-start-")), "sample");
  const args = [join(root, "scripts/start.mjs"), "--no-build", "--port", "0", "--workspace", dir];
  const process = spawn(globalThis.process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], cwd: root });
  onTestFinished(async () => {
    await ended(process);
    rmSync(join(dir, ".."), { recursive: true, force: true });
  });
  let told = "";
  process.stderr.on("data", (data: Buffer) => (told += String(data)));
  const address = await new Promise<string>((resolve, reject) => {
    process.stdout.once("data", (data: Buffer) => resolve(String(data)));
    process.once("exit", (code) => reject(new Error(`npm start ended with ${code}: ${told}`)));
  });
  return { address, dir };
}

async function ended(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null) return;
  const exit = new Promise((resolve) => process.once("exit", resolve));
  process.kill("SIGTERM");
  await exit;
}

/** From opening the page to a compared result. */
const most = { seconds: 60, actions: 6 };

test("npm start prints one address; from there it is at most a minute and six actions to before and after, without key or cost", async () => {
  const { address, dir } = await start();
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/open\?key=\S+\n$/);
  const begun = performance.now();
  let actions = 0;
  const { page } = await openPage(address.trim());
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Remove the spoon");
  await page.locator('[data-node="mask"] .node-picture polygon').waitFor();
  expect(await page.getByText("Sandbox: fills from the surroundings, $0.00").isVisible()).toBe(true);
  expect(await page.getByText("1 job", { exact: true }).isVisible()).toBe(true);

  await press("Run");
  await page.locator(".run-strip.is-succeeded").waitFor({ timeout: 60_000 });
  await press("Compare");
  await page.getByRole("slider", { name: "Line between before and after" }).waitFor();
  await page.locator(".viewer-stage canvas").waitFor();
  expect((performance.now() - begun) / 1000).toBeLessThan(most.seconds);
  expect(actions).toBeLessThanOrEqual(most.actions);
  expect(readdirSync(join(dir, "outputs"))).toEqual(["coffee-without-spoon.png"]);
  // Where the schema lies depends on where the file lies; the rest is the example to the byte.
  expect(readFileSync(join(dir, "workflows/remove-spoon.json"), "utf8")).toBe(
    readFileSync(join(root, "examples/remove-spoon/workflow.json"), "utf8").replace("../../docs/", "../.inlay/"),
  );

  async function press(name: string): Promise<void> {
    const button = page.getByRole("button", { name, exact: true });
    await button.waitFor({ timeout: 60_000 });
    const box = (await button.boundingBox())!;
    actions++;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  }
}, 120_000);

test("three steps are ticked as they are done, and go away for good", async () => {
  const { address } = await start();
  const { page } = await openPage(address.trim());
  const steps = page.getByRole("region", { name: "Three steps" });
  expect(await steps.locator("li.is-done").count()).toBe(0);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("button", { name: "Compare", exact: true }).click({ timeout: 60_000 });
  await page.getByRole("slider", { name: "Line between before and after" }).waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => steps.locator("li.is-done").count()).toBe(2);
  const prompt = await middle(page, '[data-node="inpaint"] textarea');
  await page.mouse.click(prompt.x, prompt.y);
  await page.keyboard.type(" painted ");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect.poll(() => steps.locator("li.is-done").count(), { timeout: 60_000 }).toBe(3);
  await steps.getByRole("button", { name: "Got it" }).click();
  await expect.poll(() => steps.count()).toBe(0);
  await page.reload();
  await page.locator("[data-node]").first().waitFor();
  expect(await steps.count()).toBe(0);
}, 150_000);
