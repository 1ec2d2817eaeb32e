import { catalogOf, describeSchema, suggestName, type CatalogNode } from "@inlay/engine";
import { nodesPack } from "@inlay/nodes";
import { ExitCode } from "../exit-code.ts";
import { table } from "../terminal/table.ts";
import { flag, usageError, type RawOptions } from "./options.ts";

/** `inlay nodes`: the installed nodes, or one of them in full. */
export async function nodesCommand(type: string | undefined, options: RawOptions): Promise<number> {
  const { nodes } = catalogOf([nodesPack]);
  const json = flag(options, "json");
  if (type === undefined) {
    const all = Object.values(nodes).sort((a, b) => (a.type < b.type ? -1 : 1));
    process.stdout.write(
      json
        ? `${JSON.stringify(all, null, 2)}\n`
        : table(all.map((node) => [node.type, firstSentence(node.description)])),
    );
    return ExitCode.succeeded;
  }
  const node = Object.hasOwn(nodes, type) ? nodes[type] : undefined;
  if (!node) throw unknownType(type, Object.keys(nodes));
  process.stdout.write(json ? `${JSON.stringify(node, null, 2)}\n` : inWords(node));
  return ExitCode.succeeded;
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}

function unknownType(type: string, known: readonly string[]): Error {
  const nearest = suggestName(type, known);
  return usageError(`No installed pack has the node type \`${type}\`.`, {
    received: type,
    suggestion: nearest === undefined ? "`inlay nodes` lists them all." : `Did you mean \`${nearest}\`?`,
  });
}

function inWords(node: CatalogNode): string {
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
  const paid = node.paid ? "\nEach run of this node may cost money.\n" : "";
  return `${node.title} (${node.type}, version ${node.version}, ${node.pack})\n${node.description}\n${paid}\nInputs\n${table(inputs) || "  none\n"}\nOutputs\n${table(outputs) || "  none\n"}`;
}
