import { cp, mkdir, readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { catalogOf, EngineError, printable, readWorkflow } from "@inlay/engine";
import { openWorkspace, packWorkflow, pagePolicy, replaceFile, writeError } from "@inlay/host";
import { ExitCode } from "../exit-code.ts";
import { invalidWorkflow, loadWorkflow } from "../load-workflow.ts";
import { packageVersion } from "../package-version.ts";
import { installedPacks } from "./installed-packs.ts";
import { flag, text, workspaceOf, type RawOptions } from "./options.ts";
import { pathInWorkspace } from "./path-in-workspace.ts";

const editorDir = fileURLToPath(new URL("../../editor/dist", import.meta.url));

interface ListedWorkflow {
  readonly path: string;
  readonly name?: string;
  readonly modified: string;
}

/** `inlay viewer`: a folder of static files in which a browser looks at workflows, with no server that runs them. */
export async function viewerCommand(dir: string, files: readonly string[], options: RawOptions): Promise<number> {
  const workspace = (await openWorkspace({ dir: files[0] === undefined ? "." : workspaceOf(files[0], options) })).dir;
  await requireFree(dir, flag(options, "overwrite"));
  const catalog = catalogOf(await installedPacks(options, workspace));
  const write = async (path: string, bytes: Uint8Array | string): Promise<void> => {
    await mkdir(join(dir, path, ".."), { recursive: true });
    await replaceFile(join(dir, path), Buffer.from(bytes));
  };
  try {
    const workflows = [];
    // Everything is read before the page is there that would show it.
    for (const file of files) workflows.push(await addWorkflow(file, workspace, write));
    await write("catalog.json", JSON.stringify(catalog));
    const name = text(options, "title") ?? basename(workspace);
    await write("viewer.json", `${JSON.stringify({ version: packageVersion(), name, workflows }, null, 2)}\n`);
    await cp(join(editorDir, "assets"), join(dir, "assets"), { recursive: true });
    await cp(join(editorDir, "icon.svg"), join(dir, "icon.svg"));
    await write("index.html", viewerPage(await readFile(join(editorDir, "index.html"), "utf8")));
  } catch (error) {
    throw writeError(dir, error);
  }
  process.stdout.write(`${printable(join(dir, "index.html"))}\n`);
  return ExitCode.succeeded;
}

/** Copies a workflow and the files that it names into `files/`. */
async function addWorkflow(
  file: string,
  workspace: string,
  write: (path: string, bytes: Uint8Array) => Promise<void>,
): Promise<ListedWorkflow> {
  const { workflow, diagnostics } = await loadWorkflow(file, catalogOf([]));
  if (!workflow) throw invalidWorkflow(file, diagnostics);
  const path = await pathInWorkspace(workspace, file);
  const parcel = await packWorkflow({ text: await readFile(file), path, dir: workspace });
  for await (const { path: name, bytes } of parcel.files()) await write(`files/${name}`, bytes);
  const { name } = readWorkflow(await readFile(file, "utf8")).workflow ?? {};
  return { path, ...(name !== undefined && { name }), modified: (await stat(file)).mtime.toISOString() };
}

/** The editor's page, which then knows that there is no server, under the policy that a server would send. */
function viewerPage(html: string): string {
  // A page cannot forbid by itself to be framed.
  const policy = pagePolicy.replace(/; frame-ancestors [^;]*/, "");
  const metas = [
    `<meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    '<meta name="inlay-viewer" content="viewer.json" />',
  ];
  return html.replace(/(<meta charset="utf-8" \/>)/, `$1\n    ${metas.join("\n    ")}`);
}

async function requireFree(dir: string, overwrite: boolean): Promise<void> {
  const present = await readdir(dir).catch(() => []);
  if (present.length === 0 || overwrite) return;
  throw new EngineError({
    code: "file.exists",
    message: `The folder \`${dir}\` is not empty; nothing was written.`,
    received: dir,
    suggestion: "Choose another folder, or write over its files with --overwrite.",
  });
}
