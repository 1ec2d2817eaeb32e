import { EngineError } from "@inlay/engine";
import type { JobRecord } from "@inlay/runcomfy";
import type { Environment, RemoteOptions } from "./remote.ts";
import { readUserToken } from "./user-token.ts";
import { workspaceId, workspaceSalt } from "./workspace.ts";
import type { Workspace } from "./workspace.ts";

/** Where jobs go and who pays; the token is in here and nowhere else. */
export interface Account {
  readonly baseUrl: string;
  readonly token: string;
  readonly label: string;
  readonly provider: string;
  readonly account: string;
}

const defaultBaseUrl = "https://model-api.runcomfy.net";
const tokenNames = ["RUNCOMFY_API_TOKEN", "RUNCOMFY_TOKEN"] as const;

/** Fails with `secret.missing` or `remote.config`. */
export async function findAccount(options: RemoteOptions): Promise<Account> {
  return options.sandbox ? sandboxAccount(options, options.sandbox) : realAccount(options);
}

async function sandboxAccount(
  { workspace }: RemoteOptions,
  sandbox: NonNullable<RemoteOptions["sandbox"]>,
): Promise<Account> {
  const { url, token, id } = typeof sandbox === "function" ? await sandbox() : sandbox;
  return {
    baseUrl: url,
    token,
    label: "Sandbox: fills from the surroundings, ignores the prompt, $0.00",
    provider: `sandbox:${await workspaceId(workspace)}`,
    account: await accountOf(id, workspace),
  };
}

async function realAccount({ workspace, env }: RemoteOptions): Promise<Account> {
  const token = (await findToken(env))?.token;
  if (token === undefined) throw missingToken();
  const baseUrl = env["RUNCOMFY_BASE_URL"]?.trim() || defaultBaseUrl;
  if (!URL.canParse(baseUrl)) throw badBaseUrl(baseUrl);
  const provider = `runcomfy:${new URL(baseUrl).origin}`;
  return { baseUrl, token, label: "RunComfy", provider, account: await accountOf(token, workspace) };
}

/** The environment's token counts more than that of the person's configuration. */
export async function findToken(
  env: Environment,
): Promise<{ token: string; from: "environment" | "configuration" } | undefined> {
  const given = tokenNames.map((name) => env[name]?.trim()).find(Boolean);
  if (given !== undefined) return { token: given, from: "environment" };
  const kept = await readUserToken(env);
  return kept === undefined ? undefined : { token: kept, from: "configuration" };
}

async function accountOf(secret: string, workspace: Workspace): Promise<string> {
  const [{ accountId }, salt] = await Promise.all([import("@inlay/runcomfy"), workspaceSalt(workspace)]);
  return accountId(secret, Buffer.from(salt).toString("hex"));
}

function missingToken(): EngineError {
  return new EngineError({
    code: "secret.missing",
    message: `There is no RunComfy token: the variable ${tokenNames[0]} is not set.`,
    expected: `a token in ${tokenNames.join(" or ")}`,
    suggestion: "Set it, or try the workflow without paying: --sandbox.",
  });
}

function badBaseUrl(received: string): EngineError {
  const message = "The variable RUNCOMFY_BASE_URL is not a URL.";
  return new EngineError({ code: "remote.config", message, received, expected: `such as ${defaultBaseUrl}` });
}

/** Fails with `jobs.other-account` for a job that was submitted elsewhere, or by somebody else. */
export function requireOwn(record: JobRecord, { provider, account }: Account): void {
  if (record.provider !== provider || record.account !== account) throw otherAccount(record, provider);
}

function otherAccount({ key, provider }: JobRecord, ours: string): EngineError {
  const sandbox = provider.startsWith("sandbox:");
  return new EngineError({
    code: "jobs.other-account",
    message: `The job ${key} was submitted to another service or with another token.`,
    expected: ours,
    received: provider,
    suggestion: sandbox ? "Add --sandbox." : "Set the token and the base URL that it was submitted with.",
  });
}
