import { type ErrorData, errorData, type NodePack } from "@inlay/engine";
import { readModelFiles } from "@inlay/host";
import type { Model } from "@inlay/nodes/models";

/** The models of a workspace as packs of one node each, and those that cannot be used. */
export interface WorkspaceModels {
  readonly packs: readonly NodePack[];
  /** What the packs are made of. */
  readonly models: readonly Model[];
  readonly problems: readonly ErrorData[];
}

/**
 * The models that `inlay add-model` has put into a workspace. A broken file is a problem and takes nothing down: only a
 * workflow that names its node misses it. A workspace without models loads nothing.
 */
export async function workspaceModels(dir: string): Promise<WorkspaceModels> {
  const files = await readModelFiles({ dir }, largestModelFile);
  if (files.length === 0) return { packs: [], models: [], problems: [] };
  const { modelPack, readModelFile } = await import("@inlay/nodes/models");
  const packs = new Map<string, NodePack>();
  const models: Model[] = [];
  const problems: ErrorData[] = [];
  for (const file of files) {
    if ("problem" in file) {
      problems.push(file.problem);
      continue;
    }
    try {
      const model = readModelFile(file.text);
      const pack = modelPack(model);
      if (packs.has(pack.name)) {
        problems.push(twice(file.path, pack.name));
        continue;
      }
      packs.set(pack.name, pack);
      models.push(model);
    } catch (error) {
      const data = errorData(error);
      problems.push({ ...data, message: `${file.path}: ${data.message}` });
    }
  }
  return { packs: [...packs.values()], models, problems };
}

/** Bytes of a model's file; the reader itself, which is not loaded for a workspace without models, takes no more. */
const largestModelFile = 1_000_000;

function twice(path: string, name: string): ErrorData {
  const message = `${path}: Another file in \`models\` holds the same model, ${name.replace("model:", "")}.`;
  return { code: "model.duplicate", message, suggestion: "Delete one of them." };
}
