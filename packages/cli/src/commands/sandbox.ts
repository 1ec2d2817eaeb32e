import { readFile } from "node:fs/promises";
import { printable } from "@inlay/engine";
import { makeStateFolder, openWorkspace } from "@inlay/host";
import type { Model } from "@inlay/nodes/models";
import { readFaults, startSandbox, WHAT_THIS_IS } from "@inlay/sandbox";
import { ExitCode } from "../exit-code.ts";
import { sandboxModel, servableModels } from "../library/start-sandbox-in.ts";
import { workspaceModels } from "../models/workspace-models.ts";
import { text, texts, usageError, wholeNumber, type RawOptions } from "./options.ts";

const largestPort = 65_535;

/** `inlay sandbox`: serves the stand-in for RunComfy until it is interrupted. */
export async function sandboxCommand(options: RawOptions): Promise<number> {
  const port = wholeNumber(options, "port", largestPort);
  const faultsPath = text(options, "faults");
  const faulty = faultsPath === undefined ? undefined : readFaults(await readText(faultsPath, "faults"), faultsPath);
  const workspace = await openWorkspace({ dir: text(options, "workspace") ?? "." });
  const named = await Promise.all(texts(options, "model").map(readModel));
  const added = await servableModels((await workspaceModels(workspace.dir)).models, ({ message }) =>
    process.stderr.write(`warning: ${printable(message)}\n`),
  );
  const served = new Map([...added, ...named].map((model) => [model.id, model]));
  // A token that the person chose is for this sandbox; the names of the real service's variables are never read here.
  const token = process.env.INLAY_SANDBOX_TOKEN;
  const sandbox = await startSandbox({
    dir: await makeStateFolder(workspace, "sandbox"),
    ...(port !== undefined && { port }),
    ...faulty,
    models: [...served.values()].map(sandboxModel),
    ...(token !== undefined && token !== "" && { token }),
    onLog: (line) => process.stderr.write(`${line}\n`),
  });
  process.stderr.write(`${WHAT_THIS_IS}\nCtrl+C stops it; its jobs go on at the next start.\n`);
  for (const id of served.keys()) process.stderr.write(`It also serves ${printable(id)}.\n`);
  if (faulty) process.stderr.write(`Faults as in ${printable(faultsPath ?? "")}.\n`);
  process.stdout.write(`RUNCOMFY_BASE_URL=${sandbox.url}\nRUNCOMFY_API_TOKEN=${sandbox.token}\n`);
  await new Promise<void>((stop) => {
    process.once("SIGINT", () => stop());
    process.once("SIGTERM", () => stop());
  });
  await sandbox.close();
  return ExitCode.succeeded;
}

/** A model's file as `inlay add-model` writes it, or the service's answer about a model: both name the model's id. */
async function readModel(path: string): Promise<Model> {
  const content = await readText(path, "model");
  const { modelPack, readModelFile, readSchemaText } = await import("@inlay/nodes/models");
  const id = idOf(content);
  const model = id === undefined ? readModelFile(content) : readSchemaText(content, { id }).model;
  // Refuses what no workspace would take either, such as a pattern that may run for ever.
  modelPack(model);
  return model;
}

/** The id in the answer of `GET /v1/models/{id}`. */
function idOf(content: string): string | undefined {
  try {
    const id: unknown = (JSON.parse(content) as { readonly model_id?: unknown } | null)?.model_id;
    return typeof id === "string" ? id : undefined;
  } catch {
    return undefined;
  }
}

async function readText(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    throw usageError(`The file \`${path}\` (--${what}) cannot be read.`, { received: path });
  }
}
