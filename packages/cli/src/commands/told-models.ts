import { type NodePack, printable } from "@inlay/engine";
import { workspaceModels } from "../models/workspace-models.ts";

/** The models of a workspace; those that cannot be used are told on standard error, and the command goes on without. */
export async function toldModels(dir: string): Promise<readonly NodePack[]> {
  const { packs, problems } = await workspaceModels(dir);
  for (const { code, message, suggestion } of problems) {
    process.stderr.write(`warning ${code}: ${printable(message)}\n`);
    if (suggestion !== undefined) process.stderr.write(`  ${printable(suggestion)}\n`);
  }
  return packs;
}
