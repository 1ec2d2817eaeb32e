import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { findings } from "../support/axe.ts";
import { cutOff } from "../support/reflow.ts";
import { closeBrowser, openEditor } from "../support/editor-page.ts";
import { openPaidEditor } from "../support/paid-service.ts";

afterAll(closeBrowser);

/** What else a page is shown as; there its colours differ. High contrast is 7 : 1 instead of 4.5 : 1. */
const looks = {
  light: { colorScheme: "light", contrast: "no-preference", forcedColors: "none" },
  "light, high contrast": { colorScheme: "light", contrast: "more", forcedColors: "none" },
  "dark, high contrast": { colorScheme: "dark", contrast: "more", forcedColors: "none" },
  "the system's own colours": { colorScheme: "dark", contrast: "no-preference", forcedColors: "active" },
} as const;

/** The state that a page shows is fit for everyone: in the dark theme, and its colours in all others. */
async function expectFit(page: Page, state: string): Promise<void> {
  await page.emulateMedia({
    colorScheme: "dark",
    contrast: "no-preference",
    forcedColors: "none",
    reducedMotion: "reduce",
  });
  expect(await findings(page), `${state}, dark`).toEqual([]);
  for (const [name, look] of Object.entries(looks)) {
    await page.emulateMedia(look);
    const rule = look.contrast === "more" ? "color-contrast-enhanced" : "color-contrast";
    expect.soft(await findings(page, [rule]), `${state}, ${name}`).toEqual([]);
  }
}

/** Opens every dialog by its key, one after the other. */
async function eachDialog(page: Page, look: (state: string) => Promise<void>): Promise<void> {
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
    await look(state);
    await page.keyboard.press("Escape");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
  }
}

test("nothing serious is wrong for assistive technology in the sample, the inspector, the search, menus and dialogs", async () => {
  const { page } = await openEditor({ sandbox: true });
  await page.locator('[data-node="mask"] polygon').waitFor();
  await expectFit(page, "sample");
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
  await eachDialog(page, (state) => expectFit(page, state));
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

test("what is zoomed in to 200 and 400 % is not cut off at the sides", async () => {
  // A page of 1440 pixels at 200 %, and of 1280 at 400 %.
  const { page } = await openEditor({ sandbox: true, width: 720, height: 450 });
  for (const width of [720, 320]) {
    await page.setViewportSize({ width, height: width === 720 ? 450 : 640 });
    expect.soft(await cutOff(page), `sample, ${width}`).toEqual([]);
    await eachDialog(page, async (state) => expect.soft(await cutOff(page), `${state}, ${width}`).toEqual([]));
    await page.locator(".canvas").press("Tab");
    await page.getByRole("combobox", { name: "Add a node" }).waitFor();
    expect.soft(await cutOff(page), `search, ${width}`).toEqual([]);
    await page.keyboard.press("Escape");
    await page.locator(".canvas").press("e");
    expect.soft(await cutOff(page), `inspector, ${width}`).toEqual([]);
    expect.soft(await findings(page, ["target-size"]), `sizes, ${width}`).toEqual([]);
  }
}, 120_000);

test("in the system's own colours what is selected and what is switched on is told by lines", async () => {
  const { page } = await openEditor();
  await page.emulateMedia({ forcedColors: "active" });
  const line = (selector: string) =>
    page.evaluate(`getComputedStyle(document.querySelector('${selector}')).outlineStyle`);
  expect(await line('[data-node="feather"]')).toBe("none");
  await page.locator('[data-node="feather"] .node-title').click();
  await expect.poll(() => line('[data-node="feather"]')).toBe("solid");
  expect(await line('.toolbar [aria-pressed="true"]')).toBe("solid");
  await page.getByRole("button", { name: "Other ways to run" }).press("Enter");
  await expect.poll(() => line(".menu button:focus")).toBe("solid");
}, 60_000);
