import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { closeBrowser } from "../support/editor-page.ts";
import { openPaidEditor } from "../support/paid-service.ts";
import { write } from "../support/write.ts";

afterAll(closeBrowser);

test("a token is entered, tested and never read back; a paid run tells count and price, and has a cap", async () => {
  const { page, token, config } = await openPaidEditor({ hasToken: false });
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
  const facts = () => dialog.locator(".pay-facts > *").allTextContents();
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
  await write(dialog.getByLabel("At most so many jobs"), "0");
  expect(await dialog.getByRole("button", { name: "Run and pay" }).isDisabled()).toBe(true);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect(await page.locator(".run-strip").count()).toBe(0);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect
    .poll(facts)
    .toEqual(["New jobs", "1", "Price", "about $0.00", "From the cache", "0 nodes, not paid again"]);
  await write(dialog.getByLabel("At most so many jobs"), "2");
  await write(dialog.getByLabel("At most so many dollars"), "much");
  expect(await dialog.getByRole("button", { name: "Run and pay" }).isDisabled()).toBe(true);
  await write(dialog.getByLabel("At most so many dollars"), "0.75");
  const ordered = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/api/runs"));
  await dialog.getByRole("button", { name: "Run and pay" }).click();
  expect((await ordered).postDataJSON()).toMatchObject({ maxPaid: 2, budgetUsd: 0.75 });
  await page.locator(".run-strip.is-succeeded").waitFor({ timeout: 60_000 });

  // Another prompt orders another job; what is before it comes from the cache.
  await write(page.locator('[data-node="inpaint"] textarea'), "a green saucer");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const cached = expect.stringMatching(/^[1-9] nodes, not paid again$/) as string;
  await expect.poll(facts).toEqual(["New jobs", "1", "Price", "about $0.00", "From the cache", cached]);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.locator(".canvas").focus();
  await page.keyboard.press("Control+z");

  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.locator('[data-node="inpaint"] .node-status.is-cached').waitFor({ timeout: 60_000 });
  expect(await dialog.count()).toBe(0);

  async function enter(text: string): Promise<void> {
    await dialog.getByLabel("RunComfy's API token").click();
    await page.keyboard.type(text);
    await page.keyboard.press("Enter");
    await dialog.getByText("The token is kept in your configuration, outside").waitFor();
  }
}, 150_000);

test("the service is chosen for the workspace, and for one run", async () => {
  const { page, accepted } = await openPaidEditor();
  const run = page.getByRole("button", { name: "Run", exact: true });
  const again = page.getByRole("button", { name: "Other ways to run" });
  await page.getByRole("button", { name: "RunComfy", exact: true }).click();
  await page.getByRole("radio", { name: /^Sandbox on this computer/ }).click();
  await page.getByText("Runs from now on go there.").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Sandbox/ }).waitFor();
  await run.click();
  await page.locator(".run-strip.is-succeeded").waitFor({ timeout: 60_000 });
  expect(await accepted()).toBe(0);

  await again.click();
  await page.getByRole("menuitem", { name: "Run at RunComfy, paid…" }).click();
  await page.getByRole("button", { name: "Run and pay" }).click();
  await expect.poll(accepted, { timeout: 60_000 }).toBe(1);
  await page.locator(".run-strip.is-succeeded").waitFor({ timeout: 60_000 });
  await page.reload();
  await page.getByRole("button", { name: /^Sandbox/ }).waitFor();
}, 150_000);
