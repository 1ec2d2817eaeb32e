import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { type EditorOptions, type EditorPage, openEditor } from "./editor-page.ts";

/** The editor on a server that sends paid jobs to a service of its own. */
export interface PaidEditor extends EditorPage {
  readonly token: string;
  /** The folder of the person's configuration. */
  readonly config: string;
  /** How many jobs the service has accepted. */
  accepted(): Promise<number>;
  /** The id of the request of the last job that it has accepted, as a person finds it at the service. */
  lastRequest(): Promise<string>;
}

interface PaidOptions extends EditorOptions {
  /** Whether the server has the service's token from the start. */
  readonly hasToken?: boolean;
  /** What goes wrong at the service, and how long its jobs take, as `inlay sandbox --faults` reads it. */
  readonly faults?: object;
}

/** Opens the editor for a service that takes paid jobs; service, server and page go away with the test. */
export async function openPaidEditor({ hasToken = true, faults, ...options }: PaidOptions = {}): Promise<PaidEditor> {
  const home = mkdtempSync(join(tmpdir(), "inlay-paid-"));
  const service = await startService(join(home, "service"), faults);
  onTestFinished(async () => {
    await service.close();
    rmSync(home, { recursive: true, force: true });
  });
  const config = join(home, "config");
  const env = {
    RUNCOMFY_BASE_URL: service.url,
    RUNCOMFY_API_TOKEN: hasToken ? service.token : "",
    RUNCOMFY_TOKEN: "",
    INLAY_CONFIG_DIR: config,
  };
  const ledger = async (): Promise<readonly { readonly request_id: string }[]> => {
    const headers = { authorization: `Bearer ${service.token}` };
    return (await fetch(`${service.url}/_sandbox/ledger`, { headers })).json() as never;
  };
  const accepted = async (): Promise<number> => (await ledger()).length;
  const lastRequest = async (): Promise<string> => (await ledger()).at(-1)!.request_id;
  return { ...(await openEditor({ ...options, env })), token: service.token, config, accepted, lastRequest };
}

/** A server that speaks RunComfy's API, with its address and token. */
async function startService(dir: string, faults: object | undefined) {
  mkdirSync(dir);
  const args = ["sandbox", "--port", "0", "--workspace", dir];
  if (faults) {
    writeFileSync(join(dir, "faults.json"), JSON.stringify(faults));
    args.push("--faults", join(dir, "faults.json"));
  }
  const command = fileURLToPath(new URL("../../../cli/bin/inlay.js", import.meta.url));
  const process = spawn(globalThis.process.execPath, [command, ...args], { stdio: ["ignore", "pipe", "ignore"] });
  const told = await new Promise<string>((resolve) =>
    process.stdout.once("data", (data: Buffer) => resolve(String(data))),
  );
  const value = (name: string): string => new RegExp(`^${name}=(.+)$`, "m").exec(told)?.[1] ?? "";
  const close = async (): Promise<void> => {
    const exit = new Promise((resolve) => process.once("exit", resolve));
    process.kill("SIGTERM");
    await exit;
  };
  return { url: value("RUNCOMFY_BASE_URL"), token: value("RUNCOMFY_API_TOKEN"), close };
}
