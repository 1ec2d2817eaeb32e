import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const example = join(root, "examples/remove-spoon");

interface WorkflowFile {
  readonly nodes: Record<string, { readonly type: string }>;
  readonly view?: unknown;
}

const read = (path: string) => JSON.parse(readFileSync(path, "utf8")) as WorkflowFile;

/** The template's file. */
export const templatePath = join(example, "workflow.json");
export const template = read(templatePath) as WorkflowFile & {
  readonly name: string;
  readonly description: string;
  readonly inputs: Record<string, { readonly title: string; readonly description: string; readonly default: unknown }>;
  readonly outputs: Record<string, { readonly title: string; readonly description: string }>;
  readonly nodes: Record<string, { readonly title?: string; readonly inputs: Record<string, unknown> }>;
};

/** The corners of the template's outline. */
export const corners = template.nodes["mask"]!.inputs["points"] as readonly (readonly [number, number])[];

/**
 * All that a file says but ids and `view`: its nodes are called by their types, of which the template has one each.
 */
function meaningOf(file: WorkflowFile): unknown {
  const { view: _view, ...rest } = file;
  const names = new Map(Object.entries(file.nodes).map(([id, { type }]) => [id, type]));
  const rename = (value: unknown, key = ""): unknown => {
    if (Array.isArray(value)) return value.map((item, i) => (key === "$link" && i === 0 ? nameOf(item) : rename(item)));
    if (typeof value !== "object" || value === null) return key === "node" ? nameOf(value) : value;
    const entries = Object.entries(value).map(([name, member]) => [
      key === "nodes" ? nameOf(name) : name,
      rename(member, name),
    ]);
    return Object.fromEntries(entries) as unknown;
  };
  const nameOf = (id: unknown): unknown => names.get(id as string) ?? id;
  return rename(rest);
}

export function savedMeaning(path: string): unknown {
  return meaningOf(read(path));
}

/** The picture that `inlay run` saves of a workflow with its photograph, in the sandbox, in a workspace of its own. */
export function runHeadless(workflow: string, ...options: readonly string[]): Buffer {
  const dir = mkdtempSync(join(tmpdir(), "inlay-headless-"));
  try {
    mkdirSync(join(dir, "inputs"));
    cpSync(join(example, "coffee.png"), join(dir, "inputs/coffee.png"));
    cpSync(workflow, join(dir, "workflows/it.json"));
    const command = join(root, "packages/cli/bin/inlay.js");
    const args = [command, "run", "workflows/it.json", "--workspace", ".", "--sandbox", ...options];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: dir, encoding: "utf8" });
    if (status !== 0) throw new Error(`inlay run ended with ${status}: ${stderr}`);
    const [name = ""] = readdirSync(join(dir, "outputs"));
    if (name !== "coffee-without-spoon.png") throw new Error(`It saved ${name}.`);
    return readFileSync(join(dir, "outputs", name));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A PNG without the chunk in which Inlay says how it was made. */
export function withoutRecord(png: Buffer): Buffer {
  const kept = [png.subarray(0, 8)];
  for (let at = 8; at < png.length;) {
    const end = at + 12 + png.readUInt32BE(at);
    const isRecord = png.toString("latin1", at + 4, at + 25) === "zTXtXML:com.adobe.xmp";
    if (!isRecord) kept.push(png.subarray(at, end));
    at = end;
  }
  return Buffer.concat(kept);
}
