// Writes what is derived from the node definitions: the catalogue and index of the pack, and the docs pages.
// Reads dist, so run `tsc -b` first. With --check it writes nothing and exits 1 when a file is out of date.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describeSchema } from "@inlay/engine";
import { format } from "prettier";
import { docExamples } from "./doc-examples.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const docs = join(root, "../../docs/nodes");
const check = process.argv.includes("--check");
const banner = "// Written by scripts/generate.mjs from the node definitions; changes here are lost.";
const htmlBanner =
  "<!-- Written by packages/nodes/scripts/generate.mjs from the node's definition; changes here are lost. -->\n";

const definitions = await readDefinitions();
const files = new Map([
  [join(root, "src/generated/catalog.ts"), await typescript(catalogModule())],
  [join(root, "src/generated/index.ts"), await typescript(indexModule())],
  [join(docs, "README.md"), await markdown(overviewPage())],
]);
for (const { description } of definitions) files.set(pagePath(description), await markdown(nodePage(description)));

const stale = [...files].filter(([path, text]) => !existsSync(path) || readFileSync(path, "utf8") !== text);
const surplus = existsSync(docs)
  ? readdirSync(docs)
      .map((name) => join(docs, name))
      .filter((path) => path.endsWith(".md") && !files.has(path))
  : [];

if (check) {
  for (const path of [...stale.map(([path]) => path), ...surplus])
    console.error(`${relative(process.cwd(), path)} is out of date.`);
  process.exitCode = stale.length + surplus.length > 0 ? 1 : 0;
} else {
  for (const [path, text] of stale) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`wrote ${relative(process.cwd(), path)}`);
  }
  for (const path of surplus) rmSync(path);
}

/** Every default export of a module in a family's folder that is a node definition, by type. */
async function readDefinitions() {
  const found = [];
  for (const folder of readdirSync(join(root, "src"), { withFileTypes: true })) {
    if (!folder.isDirectory() || folder.name === "generated") continue;
    for (const name of readdirSync(join(root, "src", folder.name))) {
      if (!name.endsWith(".ts") || name.endsWith(".test.ts")) continue;
      const stem = `${folder.name}/${name.slice(0, -".ts".length)}`;
      const { default: definition } = await import(pathToFileURL(join(root, "dist", `${stem}.js`)).href);
      if (definition === undefined) continue;
      const { type } = definition.description;
      if (type !== stem) throw new Error(`src/${stem}.ts defines ${type}; a node's file is named after its type.`);
      found.push(definition);
    }
  }
  return found.sort((a, b) => (a.description.type < b.description.type ? -1 : 1));
}

function catalogModule() {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const descriptions = Object.fromEntries(definitions.map(({ description }) => [description.type, description]));
  return `${banner}
import type { NodeDescription } from "@inlay/engine";

/** The package's version. */
export const packVersion = ${JSON.stringify(version)};

/** The descriptions of all nodes, by type. */
export const descriptions: Readonly<Record<string, NodeDescription>> = ${JSON.stringify(descriptions)};
`;
}

function indexModule() {
  const loaders = definitions.map(({ description: { type } }) => {
    return `${JSON.stringify(type)}: () => import("../${type}.ts").then((module) => module.default),`;
  });
  return `${banner}
import type { NodeDefinition } from "@inlay/engine";

/** Loads each node's code, by type. */
export const loaders: Readonly<Record<string, () => Promise<NodeDefinition>>> = {
${loaders.join("\n")}
};
`;
}

function overviewPage() {
  const rows = definitions.map(({ description }) => {
    const { type, title } = description;
    return [`[\`${type}\`](${pageName(description)})`, title, firstSentence(description.description)];
  });
  return `${htmlBanner}
# Nodes

${table(["Type", "Title", "What it does"], rows)}
`;
}

function nodePage(description) {
  const { type, title, version, inputs, outputs } = description;
  return `${htmlBanner}
# ${title}

\`${type}\`, version ${version}

${description.description}
${picture(description)}
${traits(description)}
## Inputs

${table(["Name", "Title", "Type", "Default", "Unit", "Description"], Object.entries(inputs).map(inputRow))}

## Outputs

${table(["Name", "Title", "Type", "Description"], Object.entries(outputs).map(outputRow))}
`;
}

function traits({ paid, paidWhen, isOutput, cache, resource, service, aliases = [] }) {
  const lines = [
    paid && `Each new job costs money${when(paidWhen)}${service ? `; the service is \`${service}\`` : ""}.`,
    isOutput && "Runs even when nothing uses its outputs.",
    cache === "never" && "Runs every time: its result is not cached.",
    resource === "remote" && "Waits for a remote job and occupies no processor meanwhile.",
    aliases.length > 0 && `Also found as: ${aliases.join(", ")}.`,
  ].filter(Boolean);
  return lines.length === 0 ? "" : `\n${lines.map((line) => `- ${line}`).join("\n")}\n`;
}

/** By which method a node pays that has one that does not. */
function when(paidWhen) {
  return paidWhen ? ` when \`${paidWhen.input}\` is ${paidWhen.is.map((value) => `\`${value}\``).join(" or ")}` : "";
}

/** The picture that draw-docs.mjs makes, with a line that says what it shows. */
function picture({ type, title, outputs, paid: mayPay, paidWhen }) {
  const inputs = docExamples[type];
  if (!inputs) return "";
  const paid = mayPay && (paidWhen === undefined || paidWhen.is.includes(inputs[paidWhen.input]));
  const path = `pictures/${type.replaceAll("/", "-")}.jpg`;
  if (!existsSync(join(docs, path)))
    throw new Error(`docs/nodes/${path} is missing: run scripts/draw-docs.mjs ${type}.`);
  const code = (name) => `\`${name}\``;
  const entries = Object.entries(inputs);
  const shown = entries.filter(([, input]) => isSample(input)).map(([name]) => code(name));
  const pictures = Object.keys(outputs).filter((name) => ["image", "mask"].includes(outputs[name].schema.name));
  const results = paid ? ["image"] : pictures.length > 0 ? pictures : Object.keys(outputs);
  const settings = entries
    .filter(([, input]) => !isSample(input))
    .map(([name, input]) => `${code(name)} ${literal(input)}`);
  const isCard = shown.length === 0;
  const legend = `Left to right: ${isCard ? "what goes in" : shown.join(", ")}, and what comes out as ${results
    .map(code)
    .join(", ")
    .replace(/, ([^,]*)$/, " and $1")}`;
  const rest = settings.length > 0 && !isCard ? `, with ${settings.join(", ")}` : "";
  const stand = paid
    ? " Here the local sandbox stood in for the service: it fills from the surroundings and ignores the prompt."
    : "";
  return `\n![${title}: what goes in and what comes out](${path})\n\n${legend}${rest}.${stand}\n`;
}

function isSample(input) {
  return Array.isArray(input) ? input.some(isSample) : input?.sample !== undefined;
}

function literal(value) {
  return typeof value === "string" ? `\`${value}\`` : JSON.stringify(value).replaceAll(",", ", ");
}

function inputRow([name, { schema, required, default: fallback, title = "", description = "", unit = "" }]) {
  const initial = required ? "required" : fallback === undefined ? "none" : `\`${JSON.stringify(fallback)}\``;
  return [`\`${name}\``, title, describeSchema(schema), initial, unit, description];
}

function outputRow([name, { schema, title = "", description = "" }]) {
  return [`\`${name}\``, title, describeSchema(schema), description];
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function firstSentence(text) {
  return /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
}

function pageName({ type }) {
  return `${type.replaceAll("/", "-")}.md`;
}

function pagePath(description) {
  return join(docs, pageName(description));
}

async function typescript(text) {
  return format(text, { parser: "typescript", printWidth: 120 });
}

async function markdown(text) {
  return format(text, { parser: "markdown", printWidth: 120 });
}
