import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, openEditor } from "../support/editor-page.ts";
import { openPaidEditor } from "../support/paid-service.ts";
import { write } from "../support/write.ts";

afterAll(closeBrowser);

/** Jobs that stay long enough in queue and work for a person to look. */
const slow = { timing: { queued_ms: 1500, run_ms: 1500 } };
const generous = { timeout: 45_000 };

/** How many pixels of the minimap have the colour of a node at work. */
function blues(page: Page): Promise<number> {
  return page.evaluate(`{
    const busy = getComputedStyle(document.documentElement).getPropertyValue("--busy").trim();
    const [red, green, blue] = [1, 3, 5].map((at) => parseInt(busy.slice(at, at + 2), 16));
    const { width, height } = document.querySelector(".minimap-nodes");
    const { data } = document.querySelector(".minimap-nodes").getContext("2d").getImageData(0, 0, width, height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i] === red && data[i + 1] === green && data[i + 2] === blue) count++;
    count;
  }`);
}

test("a run is followed through the queue of the service, and a page that is loaded again goes on with it", async () => {
  const { page, accepted } = await openPaidEditor({ faults: slow });
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("button", { name: "Run and pay" }).click();
  const inpaint = page.locator('[data-node="inpaint"] .node-status');
  const save = page.locator('[data-node="save"] .node-status');
  await expect.poll(() => save.textContent(), generous).toBe("Waits for its turn");
  await expect.poll(() => inpaint.textContent(), generous).toMatch(/^Queued/);
  await page.reload();
  await page.locator('[data-node="inpaint"] .node-status.is-running').waitFor(generous);
  expect(await page.locator('[data-node="load"] .node-status.is-succeeded').count()).toBe(1);
  await page.locator(".run-strip.is-succeeded").waitFor(generous);
  await page.locator('[data-node="save"] img').waitFor(generous);
  expect(await accepted()).toBe(1);
}, 120_000);

test("only what is wanted runs: to a node, and again from it", async () => {
  const { page } = await openEditor({ sandbox: true });
  const status = (node: string) => page.locator(`[data-node="${node}"] .node-status`);
  await page.locator('[data-node="feather"] .node-title').click();
  await page.keyboard.press("Control+Shift+Enter");
  await page.locator(".run-strip.is-succeeded").waitFor(generous);
  await page.locator('[data-node="feather"] .node-status.is-succeeded').waitFor();
  expect([await status("inpaint").count(), await status("save").count()]).toEqual([0, 0]);
  await page.locator('[data-node="feather"] .node-title').click({ button: "right" });
  await page.getByRole("menuitem", { name: "Run only the selected nodes again" }).click();
  await page.locator('[data-node="mask"] .node-status.is-cached').waitFor(generous);
  await page.locator('[data-node="feather"] .node-status.is-succeeded').waitFor(generous);
}, 120_000);

test("from here on: what is before comes from the cache, the node and all behind it run again", async () => {
  const files = { "local-fill/workflow.json": "workflows/tower.json", "local-fill/rocket.jpg": "rocket.jpg" };
  const { page } = await openEditor({ files });
  const nodes = async (status: string) => {
    const found = await Promise.all(
      ["load", "mask", "feather", "fill", "save"].map(async (id) => {
        const count = await page.locator(`[data-node="${id}"] .node-status.is-${status}`).count();
        return count > 0 ? [id] : [];
      }),
    );
    return found.flat();
  };
  const states = async () => ({ cached: await nodes("cached"), run: await nodes("succeeded") });
  await page.locator('[data-node="feather"] .node-title').click();
  await page.keyboard.press("Control+Enter");
  await page.locator(".run-strip.is-succeeded").waitFor(generous);
  await expect.poll(states, generous).toEqual({ cached: [], run: ["load", "mask", "feather", "fill", "save"] });
  await page.keyboard.press("Alt+Enter");
  await expect.poll(states, generous).toEqual({ cached: ["load", "mask"], run: ["feather", "fill", "save"] });
  await page.locator(".run-strip.is-succeeded").waitFor(generous);
}, 120_000);

test("inside of a sub-workflow each use of it has its own states and pictures, and outside they come together", async () => {
  const files = {
    "sub-workflow-twice/workflow.json": "workflows/prints.json",
    "sub-workflow-twice/cat.jpg": "cat.jpg",
    "sub-workflow-twice/cup.jpg": "cup.jpg",
  };
  const { page } = await openEditor({ files });
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.locator(".run-strip.is-succeeded").waitFor(generous);
  await page.locator('[data-node="first"] .node-status.is-succeeded').waitFor(generous);
  const picture = async (node: string) => page.locator(`[data-node="${node}"] img`).getAttribute("src");
  const [left, right] = [await picture("first"), await picture("second")];
  expect(left).not.toBe(right);
  await page.locator('[data-node="second"] .node-title').click();
  await page.locator('[data-node="second"].is-selected').waitFor();
  await page.keyboard.press("Control+Shift+e");
  await page.getByRole("navigation").waitFor();
  await page.locator(".node-status.is-succeeded").first().waitFor(generous);
  await expect.poll(() => page.locator(`.node-picture img[src="${right}"]`).count(), generous).toBe(1);
  await page.locator(".canvas").focus();
  await page.keyboard.press("Escape");
  await expect.poll(() => picture("first"), generous).toBe(left);
}, 120_000);

test("runs that wait are moved in the queue and cancelled there; the one that is shown is cancelled by its button and by keys", async () => {
  const faults = { timing: { queued_ms: 100_000, run_ms: 500 } };
  const { page, accepted } = await openPaidEditor({ faults, serve: ["--max-runs", "1"] });
  const start = async (name: string): Promise<void> => {
    await write(page.getByRole("complementary").getByRole("textbox", { name: "Name", exact: true }).first(), name);
    await page.locator(".canvas").focus();
    await page.keyboard.press("Control+Enter");
    await page.getByRole("button", { name: "Run and pay" }).click();
  };
  expect(await blues(page)).toBe(0);
  await start("One");
  await page.locator('[data-node="inpaint"] .node-status.is-running').waitFor(generous);
  await expect.poll(() => blues(page), generous).toBeGreaterThan(0);
  await start("Two");
  await page.getByRole("button", { name: "1 other run" }).waitFor(generous);
  await start("Three");
  await page.getByRole("button", { name: "2 other runs" }).click();
  const dialog = page.getByRole("dialog");
  const press = (name: string) => dialog.getByRole("button", { name, exact: true }).click();
  const expectQueue = (...names: readonly string[]) =>
    expect
      .poll(() => dialog.locator(".queue-name").allTextContents(), generous)
      .toEqual(names.map((name) => expect.stringMatching(`^${name}`)));
  await expectQueue("One", "Two", "Three");
  await press("Move Three up");
  await expectQueue("One", "Three", "Two");
  expect(await dialog.getByRole("button", { name: "Move Three up" }).isDisabled()).toBe(true);
  await press("Move Three down");
  await expectQueue("One", "Two", "Three");
  await press("Cancel Two");
  await expectQueue("One", "Three");
  await press("Cancel Three");
  await expectQueue("One");
  await press("Cancel One");
  await dialog.getByText("Nothing runs and nothing waits.").waitFor(generous);
  await page.keyboard.press("Escape");
  await page.locator(".run-strip.is-cancelled").waitFor(generous);
  expect(await accepted()).toBe(1);

  const cancelled = page.locator('[data-node="inpaint"] .node-status.is-cancelled');
  for (const cancel of [
    () => page.getByRole("button", { name: "Cancel", exact: true }).click(),
    () => page.keyboard.press("Control+Alt+Enter"),
  ]) {
    await start("Once more");
    await page.locator('[data-node="inpaint"] .node-status.is-running').waitFor(generous);
    await cancel();
    await page.locator(".run-strip.is-cancelled").waitFor(generous);
    await cancelled.waitFor(generous);
    await page.getByRole("button", { name: "Run", exact: true }).waitFor(generous);
  }
}, 120_000);

test("a node that fails says so on itself, and the list of errors leads to it", async () => {
  const faults = { script: { submit: [{ fault: "fails", message: "too many spoons" }] } };
  const { page } = await openPaidEditor({ faults });
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("button", { name: "Run and pay" }).click();
  await page.locator('[data-node="inpaint"] .node-status.is-failed').waitFor(generous);
  await page.locator('[data-node="save"] .node-status.is-skipped').waitFor(generous);
  const errors = page.getByRole("region", { name: "What went wrong" });
  expect(await errors.textContent()).toContain("too many spoons");
  await errors.locator(".run-error-place").click();
  await expect.poll(() => page.evaluate("document.activeElement?.dataset.node"), generous).toBe("inpaint");
}, 120_000);

test("what a node gave is pinned into the file and not run again, until it is unpinned", async () => {
  const { page, dir } = await openEditor({ sandbox: true });
  const saved = () =>
    JSON.parse(readFileSync(join(dir, "workflows/remove-spoon.json"), "utf8")) as {
      readonly nodes: Record<string, { readonly pinned?: object }>;
      readonly assets: Record<string, { readonly mime: string }>;
    };
  await page.locator('[data-node="feather"] .node-title').click();
  await page.keyboard.press("Control+Shift+Enter");
  await page.locator('[data-node="feather"] .node-status.is-succeeded').waitFor(generous);
  await page.locator(".run-strip.is-succeeded").waitFor(generous);
  await page.locator(".canvas").focus();
  await page.keyboard.press("p");
  await page.locator('[data-node="feather"] .tag').waitFor();
  await page.keyboard.press("Control+s");
  await expect.poll(() => Object.values(saved().assets).map(({ mime }) => mime)).toEqual(["image/png;inlay=mask"]);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.locator('[data-node="feather"] .node-status.is-pinned').waitFor(generous);
  await page.locator(".run-strip.is-succeeded").waitFor(generous);
  await page.locator('[data-node="feather"] .node-title').click({ button: "right" });
  await page.getByRole("menuitem", { name: /^Unpin/ }).click();
  await page.locator('[data-node="feather"] .tag').waitFor({ state: "detached" });
  await page.keyboard.press("Control+s");
  await expect.poll(() => [saved().nodes["feather"]?.pinned, saved().assets]).toEqual([undefined, {}]);
}, 120_000);
