import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { closeBrowser, type EditorPage, openEditor } from "../support/editor-page.ts";

afterAll(closeBrowser);

/** The editor on a server that sends paid jobs to a service of its own, whose token it does not have yet. */
async function openUnpaid(): Promise<EditorPage & { readonly token: string; readonly config: string }> {
  const home = mkdtempSync(join(tmpdir(), "inlay-settings-"));
  const service = await startService(join(home, "service"));
  onTestFinished(async () => {
    await service.close();
    rmSync(home, { recursive: true, force: true });
  });
  const config = join(home, "config");
  const env = { RUNCOMFY_BASE_URL: service.url, RUNCOMFY_API_TOKEN: "", RUNCOMFY_TOKEN: "", INLAY_CONFIG_DIR: config };
  return { ...(await openEditor({ env })), token: service.token, config };
}

/** A server that speaks RunComfy's API, with its address and token. */
async function startService(dir: string) {
  mkdirSync(dir);
  const command = fileURLToPath(new URL("../../../cli/bin/inlay.js", import.meta.url));
  const process = spawn(globalThis.process.execPath, [command, "sandbox", "--port", "0", "--workspace", dir], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const told = await new Promise<string>((resolve) =>
    process.stdout.once("data", (data: Buffer) => resolve(String(data))),
  );
  const value = (name: string): string => new RegExp(`^${name}=(.+)$`, "m").exec(told)?.[1] ?? "";
  const close = async (): Promise<void> => {
    const exit = new Promise((resolve) => process.once("exit", resolve));
    process.kill("SIGTERM");
    await exit;
  };
  return { url: value("RUNCOMFY_BASE_URL"), token: value("RUNCOMFY_API_TOKEN"), close };
}

test("a token is entered, tested and never read back; a paid run tells count and price, and has a cap", async () => {
  const { page, token, config, complaints } = await openUnpaid();
  const answers: string[] = [];
  page.on("response", (response) => {
    if (response.url().includes("/api/settings"))
      void response.text().then(
        (text) => answers.push(text),
        () => undefined,
      );
  });
  await page.getByRole("button", { name: /^Settings of paid jobs/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("There is no token yet.").waitFor();
  await enter("not-the-token");
  await dialog.getByRole("button", { name: "Test" }).click();
  await dialog.locator(".settings-outcome.is-bad").filter({ hasText: /\w/ }).waitFor();
  await enter(token);
  await dialog.getByRole("button", { name: "Test" }).click();
  await dialog.getByText("It works").waitFor();
  expect(await dialog.getByLabel("RunComfy's API token").inputValue()).toBe("");
  expect(readFileSync(join(config, "runcomfy-token"), "utf8").trim()).toBe(token);
  expect(answers.join()).not.toContain(token);
  expect(await page.content()).not.toContain(token);
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Run", exact: true }).click();
  await dialog.getByRole("heading", { name: "Run 1 paid job?" }).waitFor();
  await dialog.getByLabel("At most so many jobs").fill("0");
  expect(await dialog.getByRole("button", { name: "Run and pay" }).isDisabled()).toBe(true);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect(await page.locator(".run-strip").count()).toBe(0);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await dialog.getByRole("button", { name: "Run and pay" }).click();
  await page.locator(".run-strip.is-succeeded").waitFor({ timeout: 60_000 });

  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.locator('[data-node="inpaint"] .node-status.is-cached').waitFor({ timeout: 60_000 });
  expect(await dialog.count()).toBe(0);
  expect(complaints).toEqual([]);

  async function enter(text: string): Promise<void> {
    await dialog.getByLabel("RunComfy's API token").click();
    await page.keyboard.type(text);
    await page.keyboard.press("Enter");
    await dialog.getByText("The token is kept in your configuration, outside").waitFor();
  }
}, 150_000);
