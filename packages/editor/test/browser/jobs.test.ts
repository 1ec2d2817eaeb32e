import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { closeBrowser } from "../support/editor-page.ts";
import { openPaidEditor } from "../support/paid-service.ts";
import { templatePath } from "../support/template.ts";
import { write } from "../support/write.ts";

afterAll(closeBrowser);

const generous = { timeout: 45_000 };
const unanswered = { script: { submit: [{ fault: "reset", when: "handled" }] } };

async function runAndPay(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("button", { name: "Run and pay" }).click();
}

/** Goes from what went wrong to the job that it is about. */
async function decide(page: Page) {
  const errors = page.getByRole("region", { name: "What went wrong" });
  await errors.getByRole("button", { name: "Decide…" }).click();
  return page.getByRole("dialog");
}

test("a job whose order was not answered is not ordered again; a person decides", async () => {
  const { page, accepted } = await openPaidEditor({ faults: unanswered });
  await runAndPay(page);
  await page.locator('[data-node="inpaint"] .node-status.is-unknown').waitFor(generous);
  const dialog = await decide(page);
  await dialog.getByRole("button", { name: "Order it again…" }).click();
  await dialog.getByText("If the first job exists after all, you pay for both.").waitFor();
  await dialog.getByRole("button", { name: "Leave it" }).click();
  await write(dialog.getByLabel("Request id"), "no/such id");
  await dialog.getByRole("button", { name: "Attach it" }).click();
  await dialog.locator(".job-outcome.is-bad").filter({ hasText: /\w/ }).waitFor(generous);
  await dialog.getByRole("button", { name: "Order it again…" }).click();
  await dialog.getByRole("button", { name: "Order again, I may pay twice" }).click();
  await dialog.getByText("The next run orders it anew.").waitFor(generous);
  expect(await accepted()).toBe(1);
  await page.keyboard.press("Escape");
  await runAndPay(page);
  await page.locator(".run-strip.is-succeeded").waitFor(generous);
  expect(await accepted()).toBe(2);
}, 120_000);

test("a job that is found at the service is attached and collected; the node's menu orders and pays it once more", async () => {
  const { page, accepted, lastRequest } = await openPaidEditor({ faults: unanswered });
  await runAndPay(page);
  await page.locator('[data-node="inpaint"] .node-status.is-unknown').waitFor(generous);
  const dialog = await decide(page);
  await write(dialog.getByLabel("Request id"), await lastRequest());
  await dialog.getByRole("button", { name: "Attach it" }).click();
  await dialog.getByText("The next run collects it and orders nothing.").waitFor(generous);
  await page.keyboard.press("Escape");
  await runAndPay(page);
  await page.locator(".run-strip.is-succeeded").waitFor(generous);
  expect(await accepted()).toBe(1);

  await page.locator('[data-node="save"] .node-title').click({ button: "right" });
  await page.getByRole("menuitem", { name: "Run again from the selected nodes" }).waitFor();
  expect(await page.getByRole("menuitem", { name: /pay again/ }).count()).toBe(0);
  await page.keyboard.press("Escape");
  await page.locator('[data-node="inpaint"] .node-title').click({ button: "right" });
  await page.getByRole("menuitem", { name: "Run again as a new job, pay again…" }).click();
  const question = page.getByRole("dialog", { name: "Run 1 paid job?" });
  await question.getByText(/paid once more, though the same was paid before/).waitFor(generous);
  await question.getByRole("button", { name: "Run and pay" }).click();
  await expect.poll(accepted, generous).toBe(2);
  await page.locator(".run-strip.is-succeeded").waitFor(generous);
}, 120_000);

test("a job that nobody waits for any more is collected, and the next run has it without an order", async () => {
  const workflow = JSON.parse(readFileSync(templatePath, "utf8")) as {
    readonly nodes: { inpaint: { timeout?: number } };
  };
  workflow.nodes.inpaint.timeout = 4;
  const { page, accepted } = await openPaidEditor({
    // Longer than the node waits, and longer than the server looks by itself while a person reads.
    faults: { script: { status: [{ fault: "stuck", times: 9 }] } },
    files: { "remove-spoon/coffee.png": "coffee.png" },
    texts: { "workflows/remove-spoon.json": JSON.stringify(workflow) },
  });
  await runAndPay(page);
  await page.locator('[data-node="inpaint"] .node-status.is-detached').waitFor(generous);
  const dialog = await decide(page);
  await dialog.getByText("Goes on by itself").waitFor(generous);
  await dialog.getByRole("button", { name: "Collect it" }).click();
  await dialog.getByText(/^Collected, /).waitFor(generous);
  await dialog.getByText("No job is in doubt.").waitFor(generous);
  await page.keyboard.press("Escape");
  await runAndPay(page);
  await page.locator(".run-strip.is-succeeded").waitFor(generous);
  expect(await accepted()).toBe(1);
}, 120_000);

test("a job that the service has lost is asked for again, and ordered anew only when it is forgotten", async () => {
  const { page, accepted } = await openPaidEditor({ faults: { script: { status: [{ fault: "lost" }] } } });
  await runAndPay(page);
  await page.locator('[data-node="inpaint"] .node-status.is-lost').waitFor(generous);
  const dialog = await decide(page);
  await dialog.getByRole("button", { name: "Forget it" }).click();
  await dialog.getByText(/^Forgotten: the next run orders it anew/).waitFor(generous);
  expect(await accepted()).toBe(1);
  await page.keyboard.press("Escape");
  await runAndPay(page);
  await page.locator(".run-strip.is-succeeded").waitFor(generous);
  expect(await accepted()).toBe(2);
}, 120_000);
