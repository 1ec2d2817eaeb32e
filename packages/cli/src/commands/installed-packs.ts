import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { printable, type NodePack } from "@inlay/engine";
import { readUserConfig } from "@inlay/host";
import { nodesPack } from "@inlay/nodes";
import { texts, type RawOptions } from "./options.ts";
import { toldModels } from "./told-models.ts";

/**
 * The built-in nodes first, then the models that the workspace knows, then the person's own nodes: from the configuration
 * folder, its `config.json`, and `--pack`. What cannot be used is told on standard error, and the command goes on without it.
 */
export async function installedPacks(options: RawOptions, workspace: string): Promise<readonly NodePack[]> {
  const named = texts(options, "pack");
  const given = [nodesPack, ...(await toldModels(workspace))];
  if (named.length === 0 && !(await hasOwnNodes())) return given;
  const [{ loadUserPacks }, { guardProcess }] = await Promise.all([
    import("../user-nodes/load-user-packs.ts"),
    import("../user-nodes/stray-errors.ts"),
  ]);
  guardProcess(warn);
  const { packs, problems } = await loadUserPacks({ packs: named, beside: given });
  for (const { code, message, suggestion } of problems) warn(`${code}: ${message}`, suggestion);
  return [...given, ...packs];
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
