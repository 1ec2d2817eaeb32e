import { spawnSync } from "node:child_process";
import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { dropFiles } from "../support/drop-files.ts";
import { closeBrowser, openPage } from "../support/editor-page.ts";

afterAll(closeBrowser);

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const patient = { timeout: 30_000 };

function inlay(...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, "packages/cli/bin/inlay.js"), ...args]);
  expect(status, String(stderr)).toBe(0);
  return String(stdout);
}

const types: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

/** Any host of static files, which knows nothing of Inlay. Returns its address and what was asked for. */
async function hostOf(dir: string): Promise<{ readonly address: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://host").pathname);
    asked.push(`${request.method} ${path}`);
    const file = join(dir, path.endsWith("/") ? `${path}index.html` : path);
    const isThere = statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
    response.writeHead(isThere ? 200 : 404, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    if (isThere) createReadStream(file).pipe(response);
    else response.end();
  });
  await new Promise<void>((listens) => server.listen(0, "127.0.0.1", listens));
  onTestFinished(() => void server.close());
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked };
}

test("static files show a workflow with its pictures and what is wrong with it; a parcel is looked at and goes nowhere", async () => {
  const dir = mkdtempSync(join(tmpdir(), "inlay-viewer-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const site = join(dir, "site");
  expect(inlay("viewer", site, join(root, "examples/local-fill/workflow.json"))).toBe(`${join(site, "index.html")}\n`);
  const parcel = join(dir, "cup.inlay");
  inlay("pack", join(root, "examples/remove-spoon/workflow.json"), "-o", parcel);
  const { address, asked } = await hostOf(site);
  const { page } = await openPage(address);

  await expect.poll(() => page.getByRole("heading", { level: 1 }).textContent(), patient).toBe("Remove a tower");
  await page.locator('[data-node="load"] img').waitFor();
  expect(await page.getByRole("button", { name: "Run", exact: true }).count()).toBe(0);
  const radius = page.locator('[data-node="feather"] .row-control input:not([type=range])').first();
  await radius.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("900");
  await expect.poll(() => radius.getAttribute("aria-invalid"), patient).toBe("true");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("12");
  await page.keyboard.press("Enter");
  const saved = page.waitForEvent("download");
  await page.keyboard.press("Control+s");
  await page.getByRole("button", { name: /^Download the workflow alone/ }).click();
  expect(readFileSync(await (await saved).path(), "utf8")).toContain('"radius": 12');
  await page.keyboard.press("Escape");

  await dropFiles(page, [parcel], { x: 700, y: 760 });
  await page
    .getByRole("dialog", { name: "There is unsaved work" })
    .getByRole("button", { name: "Go on without saving" })
    .click();
  await expect.poll(() => page.getByRole("heading", { level: 1 }).textContent(), patient).toBe("Remove the spoon");
  const width = `document.querySelector('[data-node="load"] img')?.naturalWidth ?? 0`;
  await expect.poll(() => page.evaluate(width), patient).toBeGreaterThan(0);
  expect(
    asked.filter((line) => !/^GET \/(assets\/|files\/|catalog\.json|viewer\.json|icon\.svg|$)/.test(line)),
  ).toEqual([]);
}, 120_000);
