import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
// @ts-expect-error -- a script without types, shared with npm test
import { findChrome } from "../../../../scripts/find-chrome.mjs";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** The editor in a real browser, on a real server with a workspace of its own. */
export interface EditorPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** The workspace's folder. */
  readonly dir: string;
}

let browser: Promise<Browser> | undefined;

/** A server with the sample, for tests that need nothing special of it; and how a browser gets in. */
interface CommonServer {
  readonly dir: string;
  readonly url: string;
  readonly cookies: Awaited<ReturnType<BrowserContext["cookies"]>>;
}

let common: Promise<CommonServer> | undefined;

function launch(): Promise<Browser> {
  const executablePath = (findChrome as () => string | undefined)();
  if (executablePath === undefined) throw new Error("No browser: install Chromium or set CHROME_PATH.");
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

/** Closes what the tests of a file have left open in the browser, which the files of a worker share until its end. */
export async function closeBrowser(): Promise<void> {
  for (const context of (await browser)?.contexts() ?? []) await context.close();
}

export interface EditorOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: "dark" | "light";
  /** A touch screen instead of a mouse, as on a phone. */
  readonly isTouch?: boolean;
  /** Whether paid jobs go to the sandbox. */
  readonly sandbox?: boolean;
  /** Options of `inlay serve` beside the workspace and the port. */
  readonly serve?: readonly string[];
  /** Variables of the server beside those of the process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Files that the workspace begins with: a file's path, from the examples' folder on → its path in the workspace. */
  readonly files?: Readonly<Record<string, string>>;
  /** Files that it begins with: path in the workspace → text. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Nothing is open: a new workflow without a file. */
  readonly isEmpty?: boolean;
  /** What must be seen before the test goes on. */
  readonly ready?: string;
}

const spoonFiles = {
  "remove-spoon/workflow.json": "workflows/remove-spoon.json",
  "remove-spoon/coffee.png": "coffee.png",
};

/**
 * Opens the editor; server, workspace and page go away with the test. Tests that ask for nothing special of the server have one
 * in common, whose workspace holds the sample and nothing else when a test begins, and whose browser profile is new.
 */
export async function openEditor(options: EditorOptions = {}): Promise<EditorPage> {
  const { files = spoonFiles, texts = {}, sandbox = false, env = {}, isEmpty = false } = options;
  const isSpecial = sandbox || [options.files, options.texts, options.env, options.serve].some(Boolean);
  if (!isSpecial) {
    const { dir, url, cookies } = await (common ??= startCommon());
    fill(dir, spoonFiles);
    const opened = await openPage(url, { ...options, cookies });
    if (isEmpty) await openEmpty(opened.page);
    return { ...opened, dir };
  }
  const dir = mkdtempSync(join(tmpdir(), "inlay-editor-"));
  fill(dir, files, texts);
  const server = serve(dir, [...(sandbox ? ["--sandbox"] : []), ...(options.serve ?? [])], env);
  onTestFinished(async () => {
    await ended(server.process);
    rmSync(dir, { recursive: true, force: true });
  });
  const opened = await openPage(await server.address, options);
  if (isEmpty) await openEmpty(opened.page);
  return { ...opened, dir };
}

/** Puts files into a workspace; what was in it is gone, but for what the server keeps for itself. */
function fill(
  dir: string,
  files: Readonly<Record<string, string>>,
  texts: Readonly<Record<string, string>> = {},
): void {
  for (const name of readdirSync(dir)) if (name !== ".inlay") rmSync(join(dir, name), { recursive: true, force: true });
  for (const [from, to] of Object.entries(files)) {
    mkdirSync(join(dir, to, ".."), { recursive: true });
    cpSync(resolve(root, "examples", from), join(dir, to));
  }
  for (const [to, text] of Object.entries(texts)) {
    mkdirSync(join(dir, to, ".."), { recursive: true });
    writeFileSync(join(dir, to), text);
  }
}

async function startCommon(): Promise<CommonServer> {
  const dir = mkdtempSync(join(tmpdir(), "inlay-editor-"));
  fill(dir, spoonFiles);
  const server = serve(dir, [], {});
  // A worker ends by a signal, and nothing of it may stay behind.
  for (const end of ["exit", "SIGTERM"] as const)
    process.once(end, () => {
      server.process.kill("SIGKILL");
      rmSync(dir, { recursive: true, force: true });
    });
  const address = await server.address;
  const context = await (await (browser ??= launch())).newContext();
  await context.request.get(address);
  const cookies = await context.cookies();
  await context.close();
  return { dir, url: new URL(address).origin, cookies };
}

/** Goes on with a new workflow that has no file yet. */
export async function openEmpty(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Open a workflow" }).click();
  await page.getByRole("button", { name: "Empty workflow" }).click();
  await page.locator(".canvas-empty").waitFor();
}

/** An empty page; it goes away with the test. */
export async function openBlank(): Promise<Page> {
  browser ??= launch();
  const page = await (await browser).newPage();
  onTestFinished(() => page.close());
  return page;
}

/**
 * Opens an address that a server has printed; the page goes away with the test, which fails when a page of it violated its
 * content security policy, asked for something that is not the server's own, or had an error that nobody caught.
 */
export async function openPage(
  address: string,
  options: Pick<EditorOptions, "width" | "height" | "theme" | "ready" | "isTouch"> &
    Partial<Pick<CommonServer, "cookies">> = {},
): Promise<Omit<EditorPage, "dir">> {
  const { width = 1440, height = 900, theme = "dark", ready = "[data-node], .canvas-empty" } = options;
  browser ??= launch();
  const touch = options.isTouch === true ? { hasTouch: true, isMobile: true } : {};
  const context = await (await browser).newContext({ viewport: { width, height }, colorScheme: theme, ...touch });
  const complaints: string[] = [];
  onTestFinished(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });
  await context.addCookies([...(options.cookies ?? [])]);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await context.addInitScript(tellViolations);
  const { origin } = new URL(address);
  context.on("request", (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (/^(http|ws)s?:$/.test(protocol) && asked !== origin) complaints.push(`It asks for ${request.url()}.`);
  });
  context.on("page", (opened) => {
    opened.on("pageerror", (error) => complaints.push(String(error)));
    opened.on("console", (message) => {
      if (/securitypolicyviolation|content security policy/i.test(message.text())) complaints.push(message.text());
    });
  });
  const page = await context.newPage();
  await page.goto(address);
  await page.locator(ready).first().waitFor();
  return { page, context };
}

/** Runs in the page, before its own scripts. */
const tellViolations = `document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  console.error("securitypolicyviolation", violatedDirective, blockedURI));`;

function serve(
  dir: string,
  options: readonly string[],
  env: Readonly<Record<string, string>>,
): { readonly process: ChildProcess; readonly address: Promise<string> } {
  const process = spawn(
    globalThis.process.execPath,
    [join(root, "packages/cli/bin/inlay.js"), "serve", "--workspace", dir, "--port", "0", ...options],
    { stdio: ["ignore", "pipe", "pipe"], cwd: dir, env: { ...globalThis.process.env, ...env } },
  );
  const address = new Promise<string>((resolve, reject) => {
    let told = "";
    process.stderr.on("data", (data: Buffer) => (told += String(data)));
    process.stdout.once("data", (data: Buffer) => resolve(String(data).trim()));
    process.once("exit", (code) => reject(new Error(`The server ended with ${code}: ${told}`)));
  });
  return { process, address };
}

async function ended(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null) return;
  const exit = new Promise((resolve) => process.once("exit", resolve));
  process.kill("SIGTERM");
  await exit;
}

/** The middle of an element on the page. */
export async function middle(page: Page, selector: string): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} is not on the page.`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Drags with the mouse in a few steps, as a hand does. */
export async function dragTo(
  page: Page,
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let step = 1; step <= 6; step++)
    await page.mouse.move(from.x + ((to.x - from.x) * step) / 6, from.y + ((to.y - from.y) * step) / 6);
  await page.mouse.up();
}
