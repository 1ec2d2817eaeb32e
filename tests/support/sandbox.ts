import { join } from "node:path";
import { startSandbox, type LedgerEntry, type Sandbox, type SandboxOptions } from "@inlay/sandbox";
import { onTestFinished } from "vitest";
import { tempFolder } from "./workspace.ts";

/** A sandbox in the test's process, on a folder of its own. */
export async function openSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ dir: await tempFolder(), ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** What a command needs in its environment to take the sandbox for RunComfy. */
export function asService({ url, token }: Pick<Sandbox, "url" | "token">): Record<string, string> {
  return { RUNCOMFY_BASE_URL: url, RUNCOMFY_API_TOKEN: token };
}

/** What a workspace's own sandbox (`--sandbox`) has accepted, read after the command has ended. */
export async function ledgerOf(workspace: string): Promise<LedgerEntry[]> {
  const sandbox = await startSandbox({ dir: join(workspace, ".inlay", "sandbox") });
  try {
    return sandbox.ledger();
  } finally {
    await sandbox.close();
  }
}
