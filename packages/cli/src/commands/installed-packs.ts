import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type ErrorData, printable, type NodePack } from "@inlay/engine";
import { readUserConfig } from "@inlay/host";
import { nodesPack } from "@inlay/nodes";
import type { Model } from "@inlay/nodes/models";
import { workspaceModels } from "../models/workspace-models.ts";
import { texts, type RawOptions } from "./options.ts";

/** Packs, and why others, or nodes of these, cannot be used. */
export interface InstalledPacks {
  readonly packs: readonly NodePack[];
  /** Those of the workspace's models among the packs. */
  readonly models: readonly Model[];
  readonly problems: readonly ErrorData[];
}

/**
 * The built-in nodes first, then the models that the workspace knows, then the person's own nodes: from the configuration
 * folder, its `config.json`, and `--pack`. What cannot be used is told on standard error, and the command goes on without it.
 */
export async function installedPacks(options: RawOptions, workspace: string): Promise<readonly NodePack[]> {
  const { packs, problems } = await findInstalledPacks(options, workspace);
  for (const { code, message, suggestion } of problems) warn(`${code}: ${message}`, suggestion);
  return packs;
}

/** The same, for who tells problems otherwise. */
export async function findInstalledPacks(options: RawOptions, workspace: string): Promise<InstalledPacks> {
  const named = texts(options, "pack");
  const { packs: models, models: known, problems: broken } = await workspaceModels(workspace);
  const given = [nodesPack, ...models];
  if (named.length === 0 && !(await hasOwnNodes())) return { packs: given, models: known, problems: broken };
  const [{ loadUserPacks }, { guardProcess }] = await Promise.all([
    import("../user-nodes/load-user-packs.ts"),
    import("../user-nodes/stray-errors.ts"),
  ]);
  guardProcess(warn);
  const { packs, problems } = await loadUserPacks({ packs: named, beside: given });
  return { packs: [...given, ...packs], models: known, problems: [...broken, ...problems] };
}

/** Whether there is anything to load: most people have no nodes of their own, and should not wait for the loader. */
async function hasOwnNodes(): Promise<boolean> {
  const { folder, packs } = await readUserConfig(process.env);
  if (packs.length > 0) return true;
  const names = await readdir(join(folder, "nodes")).catch(() => []);
  return names.length > 0;
}

function warn(message: string, suggestion?: string): void {
  const lines = [`warning ${message}`, ...(suggestion === undefined ? [] : [`  ${suggestion}`])];
  process.stderr.write(`${lines.map(printable).join("\n")}\n`);
}
