import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type NodeCatalog, workflowJsonSchema, workspaceSchema } from "@inlay/engine";
import { replaceFile } from "../atomic-file.ts";
import { makeStateFolder, type Workspace } from "../workspace.ts";

/**
 * Writes the JSON Schema that the workspace's workflows name in `$schema`, with the nodes of the catalogue, unless it stands
 * there already.
 */
export async function keepSchema(workspace: Workspace, catalog: NodeCatalog): Promise<void> {
  const path = join(workspace.dir, workspaceSchema);
  const text = `${JSON.stringify(workflowJsonSchema(catalog))}\n`;
  if ((await readFile(path, "utf8").catch(() => undefined)) === text) return;
  await makeStateFolder(workspace);
  await replaceFile(path, Buffer.from(text), { durable: false });
}
