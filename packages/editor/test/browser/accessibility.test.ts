import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { findings } from "../support/axe.ts";
import { closeBrowser, openEditor } from "../support/editor-page.ts";
import { openPaidEditor } from "../support/paid-service.ts";

afterAll(closeBrowser);

/** The state that a page shows is fit for everyone: in the dark theme, and its colours in the light one as well. */
async function expectFit(page: Page, state: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  expect(await findings(page), `${state}, dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
  expect(await findings(page, ["color-contrast"]), `${state}, light`).toEqual([]);
}

/** Every dialog, by what opens it. */
async function expectDialogsFit(page: Page): Promise<void> {
  for (const [key, state] of [
    ["?", "help"],
    ["h", "history"],
    ["q", "queue"],
    ["j", "jobs"],
    ["Control+,", "settings"],
    ["Control+o", "open"],
  ] as const) {
    await page.locator(".canvas").focus();
    await page.keyboard.press(key);
    await page.locator("dialog[open]").waitFor();
    await expectFit(page, state);
    await page.keyboard.press("Escape");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
  }
}

test("nothing serious is wrong for assistive technology in the sample, the inspector, the search, menus and dialogs", async () => {
  const { page } = await openEditor({ sandbox: true });
  await page.locator('[data-node="mask"] polygon').waitFor();
  await expectFit(page, "sample");
  await page.emulateMedia({ contrast: "more" });
  expect(await findings(page, ["color-contrast"]), "high contrast").toEqual([]);
  await page.emulateMedia({ contrast: "no-preference" });
  await page.locator('[data-node="inpaint"] .node-title').click();
  await expectFit(page, "inspector");
  await page.getByRole("button", { name: "Other ways to run" }).click();
  await page.getByRole("menu").waitFor();
  await expectFit(page, "menu");
  await page.keyboard.press("Escape");
  await page.locator(".canvas").press("Tab");
  await page.getByRole("combobox", { name: "Add a node" }).waitFor();
  await expectFit(page, "search");
  await page.keyboard.press("Escape");
  await page
    .getByRole("button", { name: /^Points:/ })
    .first()
    .click();
  await page.locator(".shape-paper img").waitFor();
  await expectFit(page, "outline");
  await page.keyboard.press("Escape");
  await expectDialogsFit(page);
}, 240_000);

test("nor while a run is paid for, at work, has failed, and its results are compared", async () => {
  const faults = {
    script: { submit: [{ fault: "reset", when: "handled" }] },
    timing: { queued_ms: 3000, run_ms: 100 },
  };
  const { page } = await openPaidEditor({ faults });
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("button", { name: "Run and pay" }).waitFor();
  await expectFit(page, "pay");
  await page.getByRole("button", { name: "Run and pay" }).click();
  await page.locator('[data-node="inpaint"] .node-status.is-unknown').waitFor();
  await expectFit(page, "failed");
  await page.getByRole("button", { name: "Decide…" }).click();
  await page.getByRole("button", { name: "Order it again…" }).click();
  await expectFit(page, "job in doubt");
  await page.getByRole("button", { name: "Order again, I may pay twice" }).click();
  await page.getByText("The next run orders it anew.").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("button", { name: "Run and pay" }).click();
  await page.locator('[data-node="inpaint"] .node-status.is-running').waitFor();
  await expectFit(page, "running");
  const compare = page.getByRole("button", { name: "Compare", exact: true });
  await compare.click();
  await page.getByRole("slider", { name: "Line between before and after" }).waitFor();
  await expectFit(page, "compared");
}, 240_000);

test("nor on a small screen, nor with nothing open", async () => {
  const { page } = await openEditor({ isEmpty: true });
  await page.locator(".welcome .template").first().waitFor();
  await expectFit(page, "empty");
  await page.setViewportSize({ width: 390, height: 844 });
  await expectFit(page, "empty and small");
  await page.locator(".welcome .template").first().click();
  await page.locator("[data-node]").first().waitFor();
  await expectFit(page, "sample and small");
}, 240_000);
