import { catalogOf, describeSchema, suggestName, type CatalogNode } from "@inlay/engine";
import { ExitCode } from "../exit-code.ts";
import { table } from "../terminal/table.ts";
import { installedPacks } from "./installed-packs.ts";
import { flag, text, usageError, type RawOptions } from "./options.ts";

/** `inlay nodes`: the installed nodes, one of them in full, or those that a word finds. */
export async function nodesCommand(wanted: string | undefined, options: RawOptions): Promise<number> {
  const packs = await installedPacks(options, text(options, "workspace") ?? ".");
  const { nodes } = catalogOf(packs);
  const json = flag(options, "json");
  const node = wanted !== undefined && Object.hasOwn(nodes, wanted) ? nodes[wanted] : undefined;
  if (node) return print(json ? `${JSON.stringify(node, null, 2)}\n` : describeNode(node));
  const all = Object.values(nodes).sort((a, b) => (a.type < b.type ? -1 : 1));
  const found = wanted === undefined ? all : all.filter((candidate) => matches(candidate, wanted));
  if (found.length === 0 && wanted !== undefined) throw unknownType(wanted, Object.keys(nodes));
  return print(json ? `${JSON.stringify(found, null, 2)}\n` : byFamily(found, packs[0]?.name));
}

function print(text: string): number {
  process.stdout.write(text);
  return ExitCode.succeeded;
}

/** Whether type, title and aliases hold every one of the words, in upper or lower case. */
function matches({ type, title, aliases = [] }: CatalogNode, wanted: string): boolean {
  const text = [type, title, ...aliases].join("\n").toLowerCase();
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Nodes under the names of their families, with the descriptions of all in one column, and the pack if it is not built in. */
function byFamily(nodes: readonly CatalogNode[], builtIn: string | undefined): string {
  const from = (pack: string): string => (pack === builtIn ? "" : ` [${pack}]`);
  const rows = nodes.map(({ type, description, pack }) => [`  ${type}`, `${firstSentence(description)}${from(pack)}`]);
  const lines = table(rows).split("\n");
  const families = new Map<string, string[]>();
  nodes.forEach(({ type }, i) => {
    const family = type.slice(0, type.indexOf("/"));
    families.set(family, [...(families.get(family) ?? []), lines[i]!]);
  });
  return [...families].map(([family, members]) => `${family}\n${members.join("\n")}\n`).join("\n");
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}

function unknownType(type: string, known: readonly string[]): Error {
  const nearest = suggestName(type, known);
  return usageError(`No installed node has the type \`${type}\`, and none is found by this word.`, {
    received: type,
    suggestion: nearest === undefined ? "`inlay nodes` lists them all." : `Did you mean \`${nearest}\`?`,
  });
}

/** A node in full, for people. */
export function describeNode(node: CatalogNode): string {
  const inputs = Object.entries(node.inputs).map(
    ([name, { schema, required, default: fallback, unit, description, title }]) => [
      `  ${name}`,
      describeSchema(schema) + (unit === undefined ? "" : ` ${unit}`),
      required ? "required" : fallback === undefined ? "optional" : `default ${JSON.stringify(fallback)}`,
      description ?? title ?? "",
    ],
  );
  const outputs = Object.entries(node.outputs).map(([name, { schema, description, title }]) => [
    `  ${name}`,
    describeSchema(schema),
    description ?? title ?? "",
  ]);
  const { paidWhen } = node;
  const when = paidWhen ? ` when \`${paidWhen.input}\` is ${paidWhen.is.join(" or ")}` : "";
  const paid = node.paid ? `\nEach run of this node may cost money${when}.\n` : "";
  return `${node.title} (${node.type}, version ${node.version}, ${node.pack})\n${node.description}\n${paid}\nInputs\n${table(inputs) || "  none\n"}\nOutputs\n${table(outputs) || "  none\n"}`;
}
