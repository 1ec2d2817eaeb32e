import { basename, extname, join } from "node:path";
import { catalogOf, type NodeCatalog, type NodePack, printable, type Workflow } from "@inlay/engine";
import { openHost } from "@inlay/host";
import { ExitCode, exitCodeOf } from "../exit-code.ts";
import { openWithHost } from "../library/open-inlay.ts";
import type { RunReport } from "../library/run-handle.ts";
import { loadWorkflow, requireValid } from "../load-workflow.ts";
import { openForEdit, replaceWorkflow } from "../pin/edit-workflow-file.ts";
import {
  besidesPin,
  isLarge,
  knownNode,
  pinFolder,
  pinnableNode,
  withoutPin,
  withPin,
  workspacePath,
} from "../pin/pin-node.ts";
import { type PinnedContent, type PinnedFile, pinnedOutputs } from "../pin/pinned-outputs.ts";
import { explainErrorData } from "../terminal/explain-error.ts";
import { progressView } from "../terminal/progress.ts";
import { parseInputs } from "./input-values.ts";
import { installedPacks } from "./installed-packs.ts";
import { amount, flag, texts, wholeNumber, workspaceOf, type RawOptions } from "./options.ts";

const mostPaid = 1_000_000;

/** `inlay pin`: writes a node's present result into the file, so that the node does not run any more. */
export async function pinCommand(file: string, id: string, options: RawOptions): Promise<number> {
  const workspace = workspaceOf(file, options);
  const packs = await installedPacks(options, workspace);
  const before = await openForEdit(file).catch(() => undefined);
  const workflow = requireValid(await loadWorkflow(file, catalogOf(packs)));
  pinnableNode(workflow, id);
  const made = await makeOutputs({ workflow, id, workspace, packs, options });
  if ("exit" in made) return made.exit;

  const edited = before ?? (await openForEdit(file));
  const paths = await writeLarge(made.files.filter(isLarge), workspace, basename(file, extname(file)));
  const pinned = withPin(edited.workflow, id, made, ({ sha256 }) => paths.get(sha256));
  await replaceWorkflow(edited, pinned, besidesPin(id));
  const names = Object.keys(made.pinned).join(", ") || "no outputs";
  process.stdout.write(`${printable(`${file}: ${id} is pinned (${names}) and will not run`)}\n`);
  return ExitCode.succeeded;
}

/** `inlay unpin`: lets a node run again. */
export async function unpinCommand(file: string, id: string, options: RawOptions): Promise<number> {
  const packs = await installedPacks(options, workspaceOf(file, options));
  // A file that has other faults can be unpinned: that may be how they are mended.
  await loadWorkflow(file, catalogOf(packs));
  const edited = await openForEdit(file);
  const { pinned } = knownNode(edited.workflow, id);
  if (pinned === undefined) {
    process.stdout.write(`${printable(`${file}: ${id} is not pinned`)}\n`);
    return ExitCode.succeeded;
  }
  await replaceWorkflow(edited, withoutPin(edited.workflow, id), besidesPin(id));
  process.stdout.write(`${printable(`${file}: ${id} is not pinned any more`)}\n`);
  return ExitCode.succeeded;
}

interface PinRun {
  readonly workflow: Workflow;
  readonly id: string;
  readonly workspace: string;
  readonly packs: readonly NodePack[];
  readonly options: RawOptions;
}

/** Runs what the node needs, from the cache where it is there. Nothing is paid unless `--max-paid` or `--budget` say so. */
async function makeOutputs({
  workflow,
  id,
  workspace,
  packs,
  options,
}: PinRun): Promise<PinnedContent | { exit: number }> {
  const inputs = parseInputs(texts(options, "input"), workflow);
  const budgetUsd = amount(options, "budget");
  const maxPaid = wholeNumber(options, "max-paid", mostPaid) ?? (budgetUsd === undefined ? 0 : undefined);
  const view = progressView(process.stderr, workflow);
  const { inlay, host } = await openWithHost({ workspace, sandbox: flag(options, "sandbox"), packs: packs.slice(1) });
  try {
    const named = outputNames(workflow, id, inlay.catalog);
    const wanted = producing(workflow, id, named);
    const report = await inlay.run(wanted, inputs, {
      targets: named.length > 0 ? Object.keys(wanted.outputs) : [id],
      ...(maxPaid !== undefined && { maxPaid }),
      ...(budgetUsd !== undefined && { budgetUsd }),
      onEvent: (event) => view.show(event),
    }).report;
    view.close();
    if (report.status !== "succeeded") return { exit: failed(report) };
    const outputs = named.flatMap((name, i) => {
      const value: unknown = report.outputs[`pin-${i}`];
      return value === undefined ? [] : [[name, rawValue(value)] as const];
    });
    const pictures = await packs.find((pack) => pack.pictures)!.pictures!();
    return await pinnedOutputs(id, Object.fromEntries(outputs), {
      pictures,
      readFile: (ref) => host.services.files.read(ref),
    });
  } finally {
    view.close();
    await inlay.close();
  }
}

function failed({ status, errors }: RunReport): number {
  for (const error of errors) process.stderr.write(`${explainErrorData(error)}\n`);
  process.stderr.write("Nothing was pinned.\n");
  return exitCodeOf(status, errors);
}

function outputNames({ nodes, workflows }: Workflow, id: string, catalog: NodeCatalog): string[] {
  const { type } = nodes[id]!;
  const sub = type.startsWith("workflow/") ? workflows[type.slice("workflow/".length)] : undefined;
  return Object.keys(sub?.outputs ?? catalog.nodes[type]?.outputs ?? {});
}

/** The workflow whose outputs are those of the node, which runs. */
function producing(workflow: Workflow, id: string, names: readonly string[]): Workflow {
  const outputs = Object.fromEntries(names.map((output, i) => [`pin-${i}`, { node: id, output }]));
  return { ...withoutPin(workflow, id), assets: workflow.assets, outputs };
}

/** Pictures come with methods, which are no part of the value. */
function rawValue(value: unknown): unknown {
  return typeof value === "object" && value !== null && "toBuffer" in value && "value" in value ? value.value : value;
}

/** Puts what is too large for the file beside it; the paths are relative to the workspace. */
async function writeLarge(files: readonly PinnedFile[], workspace: string, stem: string): Promise<Map<string, string>> {
  const paths = new Map<string, string>();
  if (files.length === 0) return paths;
  const host = await openHost({ workspace, outDir: join(workspace, pinFolder) });
  try {
    for (const { sha256, asset, bytes } of files) {
      const { base, ext } = { base: basename(asset.name, extname(asset.name)), ext: extname(asset.name) };
      const name = `${stem}-${base}-${sha256.slice(0, 8)}${ext}`;
      const { path } = await host.services.files.write({ path: name, bytes, mime: asset.mime, onExists: "number" });
      paths.set(sha256, workspacePath(host.workspace.dir, path));
    }
  } finally {
    await host.close();
  }
  return paths;
}
