import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { EngineError, isJsonObject, openWorkflow } from "@inlay/engine";
import type { JsonObject, JsonValue, NodeCatalog, Workflow } from "@inlay/engine";
import { openInside } from "../confine.ts";
import { outputWriter } from "../output-folder.ts";
import type { Workspace } from "../workspace.ts";

/** A workflow with its pictures, to begin from. */
interface Template {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly hasPicture: boolean;
}

/**
 * The templates of a folder: one folder each, with `workflow.json`, its pictures, and a README that shows what it does.
 * What needs nodes that are not installed is left out: it could not run.
 */
export interface Templates {
  list(): Promise<readonly Template[]>;
  /** The picture that shows what it does. Fails with `template.not-found`. */
  picture(id: string): Promise<Uint8Array>;
  /**
   * A template's workflow, ready to be saved in a workspace: the files that it names are copied into `inputs`, beside
   * what has their name. Fails with `template.not-found` or as writing files does.
   */
  copyInto(workspace: Workspace, id: string): Promise<Workflow>;
}

const idPattern = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** @param dir undefined when there are none */
export function templatesIn(dir: string | undefined, catalog: () => NodeCatalog): Templates {
  const folderOf = (id: string): string => {
    if (dir === undefined || !idPattern.test(id)) throw notFound(id);
    return join(dir, id);
  };

  const read = async (id: string): Promise<Workflow> => {
    const text = await readFile(join(folderOf(id), "workflow.json"), "utf8").catch(() => undefined);
    const workflow = text === undefined ? undefined : openWorkflow(text, catalog()).workflow;
    if (!workflow) throw notFound(id);
    return workflow;
  };

  return {
    async list() {
      const names = dir === undefined ? [] : await readdir(dir).catch(() => []);
      const found: Template[] = [];
      for (const id of names.filter((name) => idPattern.test(name)).toSorted()) {
        const workflow = await read(id).catch(() => undefined);
        if (!workflow || !hasNodesOf(workflow, catalog())) continue;
        const { name = id, description = "" } = workflow;
        found.push({ id, name, description, hasPicture: (await pictureOf(folderOf(id))) !== undefined });
      }
      return found;
    },

    async picture(id) {
      const folder = folderOf(id);
      const name = await pictureOf(folder);
      if (name === undefined) throw notFound(id);
      return readFile(join(folder, name));
    },

    async copyInto(workspace, id) {
      const folder = folderOf(id);
      const workflow = await read(id);
      const copied = new Map<string, string>();
      for (const path of filesNamed(workflow)) copied.set(path, await copyFile(folder, path, workspace));
      // Where the schema lies depends on where the file lies.
      const { $schema: _schema, ...rest } = workflow as unknown as JsonObject;
      return withFiles(rest, copied) as unknown as Workflow;
    },
  };
}

/** The picture that shows a template: the first one that its README shows. */
async function pictureOf(folder: string): Promise<string | undefined> {
  const readme = await readFile(join(folder, "README.md"), "utf8").catch(() => "");
  return /!\[[^\]]*\]\(([\w-]+\.(?:jpe?g|png|webp))\)/i.exec(readme)?.[1];
}

/** Copies a file of a template into `inputs` of a workspace. @returns its path there */
async function copyFile(folder: string, path: string, workspace: Workspace): Promise<string> {
  const { handle } = await openInside(folder, path);
  try {
    const bytes = await handle.readFile();
    const write = outputWriter(workspace.dir);
    const mime = extname(path) === ".png" ? "image/png" : "application/octet-stream";
    const name = path.split("/").at(-1) ?? path;
    const written = await write({ path: `inputs/${name}`, bytes, mime, onExists: "number" });
    return written.path.slice(workspace.dir.length + 1).replaceAll("\\", "/");
  } finally {
    await handle.close();
  }
}

function hasNodesOf({ nodes, workflows }: Workflow, catalog: NodeCatalog): boolean {
  const used = [nodes, ...Object.values(workflows).map((inner) => inner.nodes)].flatMap((each) => Object.values(each));
  return used.every(({ type }) => type.startsWith("workflow/") || type in catalog.nodes);
}

function filesNamed(workflow: Workflow): Set<string> {
  const found = new Set<string>();
  const open: unknown[] = [workflow.inputs, workflow.nodes, workflow.workflows];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== "object" || value === null) continue;
    if ("$file" in value && typeof value.$file === "string") found.add(value.$file);
    open.push(...Object.values(value));
  }
  return found;
}

/** A copy in which files are named by where they lie now. A workflow nests 64 levels at most. */
function withFiles(value: JsonValue, copied: ReadonlyMap<string, string>): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => withFiles(item, copied));
  if (!isJsonObject(value)) return value;
  const path = value["$file"];
  if (typeof path === "string") return { ...value, $file: copied.get(path) ?? path };
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withFiles(member, copied)]));
}

function notFound(id: string): EngineError {
  return new EngineError({ code: "template.not-found", message: `There is no template \`${id}\`.`, received: id });
}
