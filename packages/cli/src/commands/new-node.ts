import { mkdir, stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { catalogOf, EngineError } from "@inlay/engine";
import { configFolder, createFile, writeError } from "@inlay/host";
import { ExitCode } from "../exit-code.ts";
import { linkInlay } from "../user-nodes/link-inlay.ts";
import { nodeTemplate } from "../user-nodes/node-template.ts";
import { installedPacks } from "./installed-packs.ts";
import { text, usageError, type RawOptions } from "./options.ts";

const typePattern = /^[a-z][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)+$/;

/** `inlay new-node`: a node of the person's own to begin with, and its test. Never writes over a file. */
export async function newNodeCommand(type: string, options: RawOptions): Promise<number> {
  await requireFreeType(type);
  const dir = text(options, "dir");
  const config = configFolder(process.env);
  const folder = dir === undefined ? join(config, "nodes") : resolve(dir);
  const name = type.replaceAll("/", "-");
  const [node, test] = [join(folder, `${name}.mjs`), join(folder, `${name}.test.mjs`)];
  const template = nodeTemplate(type, `${name}.mjs`);
  await requireAbsent(node, test);
  await write(folder, [
    [node, template.code],
    [test, template.test],
  ]);
  const link = await linkInlay(dir === undefined ? config : folder).catch((error: unknown) => {
    throw writeError(join(folder, "node_modules"), error);
  });
  process.stdout.write(`${node}\n${test}\n`);
  process.stderr.write(nextSteps({ type, node, test, link, isInstalled: dir === undefined }));
  return ExitCode.succeeded;
}

async function requireFreeType(type: string): Promise<void> {
  const expected = "family/name in lower case, such as mask/stripes";
  if (!typePattern.test(type)) throw usageError(`\`${type}\` is not the type of a node.`, { expected, received: type });
  if (type.startsWith("workflow/"))
    throw usageError("The family `workflow` belongs to sub-workflows.", { expected, received: type });
  const taken = catalogOf(await installedPacks({}, ".")).nodes[type];
  if (taken) throw usageError(`There is a node \`${type}\` already, in ${taken.pack}.`, { received: type });
}

async function requireAbsent(...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const isThere = await stat(path).then(
      () => true,
      () => false,
    );
    if (isThere) throw exists(path);
  }
}

async function write(folder: string, files: readonly (readonly [path: string, text: string])[]): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    for (const [path, content] of files) if (!(await createFile(path, Buffer.from(content)))) throw exists(path);
  } catch (error) {
    throw writeError(folder, error);
  }
}

function exists(path: string): EngineError {
  return new EngineError({
    code: "file.exists",
    message: `\`${path}\` exists and is left as it is.`,
    received: path,
    suggestion: "Choose another name, or another folder with --dir.",
  });
}

function nextSteps(made: {
  readonly type: string;
  readonly node: string;
  readonly test: string;
  readonly link: string | undefined;
  readonly isInstalled: boolean;
}): string {
  const { type, node, test, link, isInstalled } = made;
  const pack = isInstalled ? "" : ` --pack ${near(node)}`;
  const lines = [
    "",
    `Test it:  node --test ${near(test)}`,
    `See it:   inlay nodes ${type}${pack}`,
    `Run it:   inlay run workflow.json${pack}, where a node of workflow.json has "type": "${type}", "version": 1`,
    ...(link === undefined ? [] : [`Node finds \`inlay\` from there through the link ${near(link)}.`]),
  ];
  return `${lines.join("\n")}\n`;
}

/** As a person would type it in the current folder. */
function near(path: string): string {
  const found = relative(process.cwd(), path);
  return found.startsWith("..") ? path : `./${found}`;
}
