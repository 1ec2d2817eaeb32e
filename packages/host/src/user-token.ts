import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { replaceFile } from "./atomic-file.ts";
import { isMissing, readError, writeError } from "./file-error.ts";
import type { Environment } from "./remote.ts";
import { configFolder } from "./user-config.ts";

const fileName = "runcomfy-token";

/** The token that a person has written into their configuration, readable by them only; undefined when there is none. */
export async function readUserToken(env: Environment): Promise<string | undefined> {
  const path = join(configFolder(env), fileName);
  try {
    return (await readFile(path, "utf8")).trim() || undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw readError(path, error);
  }
}

/** Writes the token (0600), or removes it when it is empty. Fails with `file.unwritable` or `disk.full`. */
export async function writeUserToken(env: Environment, token: string): Promise<void> {
  const folder = configFolder(env);
  const path = join(folder, fileName);
  try {
    if (token === "") return await rm(path, { force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await replaceFile(path, Buffer.from(`${token}\n`), { mode: 0o600 });
  } catch (error) {
    throw writeError(path, error);
  }
}
