import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { definitionsOf, validateNodes } from "@inlay/engine";
import { readUserConfig, writeError } from "@inlay/host";
import { serverLog, startServer, type InlayServer, type RunRuntime } from "@inlay/host/server";
import { ExitCode } from "../exit-code.ts";
import { packageVersion } from "../package-version.ts";
import { openRuntime, type Runtime } from "../library/open-runtime.ts";
import { prefetchNodes } from "../library/prefetch-nodes.ts";
import { reloadableNodes } from "../library/reloadable-nodes.ts";
import { findInstalledPacks, installedPacks } from "./installed-packs.ts";
import { pictureTools } from "./picture-tools.ts";
import { flag, text, usageError, wholeNumber, type RawOptions } from "./options.ts";

const largestPort = 65_535;
const mostRuns = 1000;
const mostWaiting = 1_000_000;

/** `inlay serve`: serves a workspace until it is interrupted. */
export async function serveCommand(options: RawOptions): Promise<number> {
  const port = wholeNumber(options, "port", largestPort);
  const host = text(options, "host");
  const maxRuns = wholeNumber(options, "max-runs", mostRuns);
  if (maxRuns === 0) throw usageError("--max-runs takes 1 at least: with 0 nothing would ever run.", { received: "0" });
  const maxWaiting = wholeNumber(options, "max-waiting", mostWaiting);
  const workspace = resolve(text(options, "workspace") ?? ".");
  await makeWorkspace(workspace);
  const log = serverLog(process.env.INLAY_LOG ?? "warn");
  const installed = await installedPacks(options, workspace);
  const runtime = await openRuntime({
    workspace,
    sandbox: flag(options, "sandbox"),
    offerSandbox: true,
    packs: installed.slice(1),
    onWarning: ({ code, message }) => log.warn({ code }, message),
  });
  try {
    const server = await startServer({
      runtime: serverRuntime(runtime, await reloadable(options, { workspace, runtime, log })),
      version: packageVersion(),
      env: process.env,
      editorDir: fileURLToPath(new URL("../../editor/dist", import.meta.url)),
      templatesDir: fileURLToPath(new URL("../../../examples", import.meta.url)),
      log,
      ...(port !== undefined && { port }),
      ...(host !== undefined && { host }),
      ...(maxRuns !== undefined && { maxRuns }),
      ...(maxWaiting !== undefined && { maxWaiting }),
    });
    announce(server, flag(options, "open"));
    await untilInterrupted(server);
    await server.close();
  } finally {
    await runtime.close();
  }
  return ExitCode.succeeded;
}

/** The nodes of the configuration, of `--pack` and of the workspace's models are read anew when their files change. */
async function reloadable(
  options: RawOptions,
  { workspace, runtime, log }: { workspace: string; runtime: Runtime; log: ReturnType<typeof serverLog> },
): Promise<ReturnType<typeof reloadableNodes>> {
  const { folder } = await readUserConfig(process.env);
  return reloadableNodes({
    loaded: runtime,
    find: () => findInstalledPacks(options, workspace),
    watched: [join(folder, "nodes"), join(folder, "config.json"), join(workspace, "models")],
    onFailure: (error) => log.warn({ err: error }, "the nodes that have changed cannot be read; those of before stay"),
  });
}

function serverRuntime({ cache, host }: Runtime, nodes: ReturnType<typeof reloadableNodes>): RunRuntime {
  return {
    get engine() {
      return nodes.current().engine;
    },
    nodes,
    cache,
    host,
    prefetch: prefetchNodes,
    validate(workflow) {
      const { engine, packs } = nodes.current();
      return validateNodes(workflow, engine.catalog, definitionsOf(packs));
    },
    pictures: pictureTools,
  };
}

function announce(server: InlayServer, open: boolean): void {
  const address = server.newEntry();
  process.stdout.write(`${address}\n`);
  if (server.madeToken !== undefined) {
    process.stderr.write(`The address works once. Token for programs: ${server.madeToken}\n`);
  }
  if (open) openBrowser(address);
}

/** The first signal lets runs at work end, the second one leaves them to the next start. */
async function untilInterrupted(server: InlayServer): Promise<void> {
  await signal();
  process.stderr.write("Runs at work end, the others wait for the next start; press Ctrl+C again to leave at once.\n");
  await Promise.race([server.drain(), signal()]);
}

/** What a new workspace has. Folders that are there already stay as they are. */
async function makeWorkspace(dir: string): Promise<void> {
  for (const folder of [dir, join(dir, "workflows"), join(dir, "inputs")]) {
    await mkdir(folder, { recursive: true }).catch((error: unknown) => {
      throw writeError(folder, error);
    });
  }
}

function signal(): Promise<void> {
  return new Promise((came) => {
    process.once("SIGINT", () => came());
    process.once("SIGTERM", () => came());
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
