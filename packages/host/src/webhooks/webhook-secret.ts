import { randomBytes } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { EngineError } from "@inlay/engine";
import { createFile } from "../atomic-file.ts";
import { isMissing, readError, writeError } from "../file-error.ts";
import type { Environment } from "../remote.ts";
import { configFolder } from "../user-config.ts";
import { secretPrefix } from "./sign-webhook.ts";

const fileName = "webhook-secret";
const keyBytes = 32;
/** What Standard Webhooks asks for. */
const leastBytes = 24;
const mostBytes = 64;

/**
 * The secret that webhooks are signed with: `INLAY_WEBHOOK_SECRET`, else the file `webhook-secret` of the person's
 * configuration (0600), which is made when it is first needed. Fails with `config.invalid` for what is no such secret, and as
 * files do.
 */
export async function webhookSecret(env: Environment): Promise<string> {
  const given = env["INLAY_WEBHOOK_SECRET"]?.trim();
  if (given) return checked(given, "The variable INLAY_WEBHOOK_SECRET");
  const folder = configFolder(env);
  const path = join(folder, fileName);
  const present = await readSecret(path);
  if (present !== undefined) return checked(present, `\`${path}\``);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await createFile(path, Buffer.from(`${secretPrefix}${randomBytes(keyBytes).toString("base64")}\n`), {
      mode: 0o600,
    });
  } catch (error) {
    throw writeError(path, error);
  }
  // Another process may have been the first.
  return checked((await readSecret(path)) ?? "", `\`${path}\``);
}

async function readSecret(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw readError(path, error);
  }
}

function checked(secret: string, what: string): string {
  const [, key] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  const size = Buffer.from(key ?? "", "base64").length;
  if (size >= leastBytes && size <= mostBytes) return secret;
  const expected = `whsec_ and ${leastBytes} to ${mostBytes} bytes in base64`;
  throw new EngineError({ code: "config.invalid", message: `${what} is no secret of webhooks.`, expected });
}
