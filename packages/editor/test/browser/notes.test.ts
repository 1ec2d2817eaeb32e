import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, openEditor } from "../support/editor-page.ts";

afterAll(closeBrowser);

const files = { "local-fill/workflow.json": "workflows/tower.json", "local-fill/rocket.jpg": "rocket.jpg" };
const patient = { timeout: 30_000 };

interface Noted {
  readonly view: { readonly notes: readonly { readonly text: string; readonly x: number; readonly y: number }[] };
}

test("a note is written, read as Markdown, moved, undone and removed by keys alone; nothing in it is fetched or run", async () => {
  const { page, dir } = await openEditor({ files });
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(request.url()));
  const saved = () => (JSON.parse(readFileSync(join(dir, "workflows/tower.json"), "utf8")) as Noted).view.notes;
  await page.locator(".canvas").focus();
  await page.keyboard.press("n");
  const text =
    "# Plan\n- **one** <img src=x onerror=alert(1)>\n- [site](https://example.com/a) [no](javascript:alert(1)) ![dot](https://example.com/dot.png)";
  await page.getByRole("textbox", { name: "Note" }).pressSequentially(text.replaceAll("\n- ", "\n"));
  await page.keyboard.press("Escape");

  const note = page.locator(".note").last();
  await note.getByRole("heading", { name: "Plan" }).waitFor();
  expect(await note.locator("img").count()).toBe(0);
  expect(await note.getByText("<img src=x onerror=alert(1)>").count()).toBe(1);
  const html = await note.locator(".note-text").innerHTML();
  expect(
    [...html.matchAll(/<a href="([^"]*)" target="_blank" rel="noopener noreferrer"/g)].map(([, href]) => href),
  ).toEqual(["https://example.com/a", "https://example.com/dot.png"]);
  expect(await note.getByRole("link").count()).toBe(2);
  expect(fetched.filter((address) => address.includes("example.com"))).toEqual([]);

  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Control+s");
  await expect.poll(() => saved().length, patient).toBe(2);
  const moved = saved()[1]!;
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+s");
  await expect.poll(() => saved()[1]!.x, patient).toBe(moved.x - 20);

  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Note" }).press("End");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Delete");
  await expect.poll(() => page.locator(".note").count(), patient).toBe(1);
  await page.keyboard.press("Shift+N");
  await expect.poll(() => page.evaluate("document.activeElement.dataset.note"), patient).toBe("0");
}, 120_000);
