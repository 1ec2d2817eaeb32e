import { afterAll, expect, test } from "vitest";
import { findings } from "../support/axe.ts";
import { closeBrowser, openEditor } from "../support/editor-page.ts";

afterAll(closeBrowser);

test.each(["dark", "light"] as const)(
  "nothing serious is wrong for assistive technology: %s",
  async (theme) => {
    const { page } = await openEditor({ theme });
    expect(await findings(page)).toEqual([]);
    await page.locator('[data-node="inpaint"] .node-title').click();
    expect(await findings(page)).toEqual([]);
    await page.mouse.dblclick(560, 800);
    await page.getByRole("combobox", { name: "Add a node" }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    expect(await findings(page)).toEqual([]);
  },
  120_000,
);

test.each(["dark", "light"] as const)(
  "nor in what was run, nor while before and after are compared: %s",
  async (theme) => {
    const files = { "local-fill/workflow.json": "workflows/tower.json", "local-fill/rocket.jpg": "rocket.jpg" };
    const { page } = await openEditor({ theme, files, sandbox: true });
    await page.getByRole("button", { name: "Run", exact: true }).click();
    const compare = page.getByRole("button", { name: "Compare", exact: true });
    await compare.waitFor({ timeout: 60_000 });
    expect(await findings(page)).toEqual([]);
    await compare.click();
    await page.getByRole("slider", { name: "Line between before and after" }).waitFor();
    expect(await findings(page)).toEqual([]);
  },
  120_000,
);

test("nor on a small screen, nor with nothing open", async () => {
  const small = await openEditor({ width: 390, height: 844 });
  expect(await findings(small.page)).toEqual([]);
  const empty = await openEditor({ isEmpty: true });
  expect(await findings(empty.page)).toEqual([]);
}, 120_000);
