import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { runCli, type CliEnd } from "./cli.ts";
import { tempFolder } from "./workspace.ts";

/** A person with nodes of their own, and a workspace. */
export interface Person {
  /** The configuration's folder. */
  readonly config: string;
  /** The current folder of every command. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Runs the command as this person. */
  inlay(...args: readonly string[]): Promise<CliEnd>;
  /** Writes a file of the workspace, or with an absolute path any other. */
  write(path: string, text: string): Promise<string>;
}

/** A person in whose `nodes` folder lie the given files, by name. */
export async function personWith(files: Readonly<Record<string, string>> = {}): Promise<Person> {
  const [config, cwd] = [join(await tempFolder(), "inlay"), await tempFolder()];
  const env = { INLAY_CONFIG_DIR: config };
  const write = async (path: string, text: string): Promise<string> => {
    const file = join(path.startsWith("/") ? "/" : cwd, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  };
  for (const [name, text] of Object.entries(files)) await write(join(config, "nodes", name), text);
  return { config, cwd, env, write, inlay: (...args) => runCli(args, { cwd, env }) };
}

/** The text of a node that gives a number: `code` is the body of its `run(inputs, ctx)`. */
export function numberNode(type: string, code: string, more = ""): string {
  return `import { defineNode, z } from "inlay";
${more}
export default defineNode({
  type: "${type}", version: 1, title: "T", category: "Test", description: "For tests.",
  inputs: { n: z.number().default(1) }, outputs: { n: z.number() },
  async run({ n }, ctx) { ${code} },
});
`;
}

/** A workflow with one node of each type, each of which gives an output under its own name. */
export function workflowOf(nodes: Readonly<Record<string, string>>): string {
  const ids = Object.keys(nodes);
  return JSON.stringify({
    inlay: 1,
    outputs: Object.fromEntries(ids.map((id) => [id, { node: id, output: "n" }])),
    nodes: Object.fromEntries(ids.map((id) => [id, { type: nodes[id], version: 1 }])),
  });
}
