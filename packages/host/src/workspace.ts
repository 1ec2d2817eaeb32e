import { randomBytes } from "node:crypto";
import { chmod, lstat, mkdir, readFile, realpath, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { EngineError } from "@inlay/engine";
import { createFile } from "./atomic-file.ts";
import { isMissing, writeError } from "./file-error.ts";
import { stateFolder } from "./file-names.ts";

/** A folder with workflows and their files. Any folder is one; nothing is written until there is something to keep. */
export interface Workspace {
  /** The folder's real path. Paths in workflow files are relative to it. */
  readonly dir: string;
  /** Where results go. Made when the first one is written. */
  readonly outDir: string;
  /** `.inlay` in the workspace: caches, artifacts, journal. Made, for its owner's eyes only, when first needed. */
  readonly stateDir: string;
}

const saltBytes = 32;
const idPattern = /^[0-9a-f]{32}$/;

/**
 * Opens a folder as a workspace, without writing to it.
 *
 * Fails with `workspace.not-found` or `workspace.not-a-folder`.
 * @param options.outDir where results go, relative to the current folder; default: `outputs` in the workspace
 * @example
 * const workspace = await openWorkspace({ dir: "examples/remove-spoon" });
 */
export async function openWorkspace(options: { readonly dir: string; readonly outDir?: string }): Promise<Workspace> {
  const { dir, outDir } = options;
  const real = await realpath(dir).catch((cause: unknown) => {
    const message = `There is no folder \`${dir}\` to use as workspace.`;
    throw new EngineError({ code: "workspace.not-found", message, received: dir }, { cause });
  });
  if (!(await stat(real)).isDirectory()) {
    const message = `The workspace \`${dir}\` is not a folder.`;
    throw new EngineError({ code: "workspace.not-a-folder", message, received: dir });
  }
  const results = outDir === undefined ? join(real, "outputs") : resolve(outDir);
  return { dir: real, outDir: results, stateDir: join(real, stateFolder) };
}

/**
 * Makes a folder in the workspace's `.inlay`, and that one too, for the owner's eyes only (0700).
 *
 * Fails with `workspace.unsafe` when one of them is a link, which a copied workspace could point anywhere, else as writing
 * files does.
 * @returns the folder's path
 */
export async function makeStateFolder({ stateDir }: Workspace, ...parts: readonly string[]): Promise<string> {
  const folder = join(stateDir, ...parts);
  try {
    if (await prepareStateDir(stateDir)) await createFile(join(stateDir, ".gitignore"), Buffer.from("*\n"));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if ((await realpath(folder)) !== folder) throw unsafe(folder);
    return folder;
  } catch (error) {
    throw writeError(folder, error);
  }
}

/** A random id of the workspace, 32 hex digits: made on first use, the same ever after, for every process. */
export async function workspaceId(workspace: Workspace): Promise<string> {
  const path = join(workspace.stateDir, "workspace.json");
  const fresh = (): Buffer => Buffer.from(`${JSON.stringify({ id: randomBytes(16).toString("hex") })}\n`);
  const text = (await readOrCreate(workspace, path, fresh)).toString();
  const id = /"id":\s*"([^"]*)"/.exec(text)?.[1] ?? "";
  if (!idPattern.test(id)) throw damaged(path);
  return id;
}

/**
 * The workspace's own 32 random bytes, made on first use and readable by its owner only (0600): with them, accounts are
 * told apart by an HMAC that says nothing about their tokens.
 */
export async function workspaceSalt(workspace: Workspace): Promise<Uint8Array> {
  const path = join(workspace.stateDir, "salt");
  const salt = await readOrCreate(workspace, path, () => randomBytes(saltBytes));
  // A new salt would forget which paid jobs exist, so a damaged one is never replaced silently.
  if (salt.length !== saltBytes) throw damaged(path);
  return salt;
}

async function readOrCreate(workspace: Workspace, path: string, fresh: () => Buffer): Promise<Buffer> {
  const present = await readIfPresent(path);
  if (present) return present;
  await makeStateFolder(workspace);
  try {
    await createFile(path, fresh(), { mode: 0o600 });
    return await readFile(path);
  } catch (error) {
    throw writeError(path, error);
  }
}

async function readIfPresent(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw writeError(path, error);
  }
}

/** @returns whether the folder is new */
async function prepareStateDir(stateDir: string): Promise<boolean> {
  const made = await mkdir(stateDir, { mode: 0o700 }).then(
    () => true,
    () => false,
  );
  const info = await lstat(stateDir);
  if (!info.isDirectory()) throw unsafe(stateDir);
  if (!made && (info.mode & 0o077) !== 0) await chmod(stateDir, 0o700).catch(() => undefined);
  return made;
}

function damaged(path: string): EngineError {
  return new EngineError({
    code: "workspace.damaged",
    message: `The file \`${path}\` is damaged.`,
    suggestion: "Restore it from a copy; if you delete it, Inlay forgets which paid jobs belong to this workspace.",
  });
}

function unsafe(folder: string): EngineError {
  return new EngineError({
    code: "workspace.unsafe",
    message: `\`${folder}\` is not a folder of its own but a link or a file; Inlay keeps private data there.`,
    suggestion: "Remove it; Inlay makes a folder in its place.",
  });
}
