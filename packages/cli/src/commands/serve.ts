import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { catalogOf } from "@inlay/engine";
import { openWorkspace, writeError } from "@inlay/host";
import { serverLog, startServer } from "@inlay/host/server";
import { ExitCode } from "../exit-code.ts";
import { packageVersion } from "../package-version.ts";
import { installedPacks } from "./installed-packs.ts";
import { flag, text, wholeNumber, type RawOptions } from "./options.ts";

const largestPort = 65_535;

/** `inlay serve`: serves a workspace until it is interrupted. */
export async function serveCommand(options: RawOptions): Promise<number> {
  const port = wholeNumber(options, "port", largestPort);
  const host = text(options, "host");
  const dir = resolve(text(options, "workspace") ?? ".");
  await makeWorkspace(dir);
  const server = await startServer({
    workspace: await openWorkspace({ dir }),
    catalog: catalogOf(await installedPacks(options, dir)),
    version: packageVersion(),
    env: process.env,
    editorDir: fileURLToPath(new URL("../../editor/dist", import.meta.url)),
    log: serverLog(process.env.INLAY_LOG ?? "warn"),
    ...(port !== undefined && { port }),
    ...(host !== undefined && { host }),
  });
  const address = server.newEntry();
  process.stdout.write(`${address}\n`);
  if (server.madeToken !== undefined) {
    process.stderr.write(`Open the address above; it works once. Token for programs: ${server.madeToken}\n`);
  }
  if (flag(options, "open")) openBrowser(address);
  await interrupted();
  await server.close();
  return ExitCode.succeeded;
}

/** What a new workspace has. Folders that are there already stay as they are. */
async function makeWorkspace(dir: string): Promise<void> {
  for (const folder of [dir, join(dir, "workflows"), join(dir, "inputs")]) {
    await mkdir(folder, { recursive: true }).catch((error: unknown) => {
      throw writeError(folder, error);
    });
  }
}

function interrupted(): Promise<void> {
  return new Promise((stop) => {
    process.once("SIGINT", () => stop());
    process.once("SIGTERM", () => stop());
  });
}

/** Asks the system for its browser; where there is none, the address stands in the terminal. */
function openBrowser(address: string): void {
  const [command, ...args] =
    process.platform === "darwin"
      ? ["open", address]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", "", address]
        : ["xdg-open", address];
  const browser = spawn(command, args, { stdio: "ignore", detached: true });
  browser.on("error", () => undefined);
  browser.unref();
}
