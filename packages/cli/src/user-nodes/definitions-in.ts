import type { NodeDefinition, NodeDescription } from "@inlay/engine";

/** What a module offers: nodes that can be used, and sentences about what cannot. */
export interface OfferedNodes {
  readonly definitions: readonly NodeDefinition[];
  readonly problems: readonly string[];
}

const made = "what defineNode() returned";

/** The nodes in a module's default export: one node, a list of nodes, or a pack made by `definePack`. */
export async function definitionsIn(module: unknown): Promise<OfferedNodes> {
  const exported = member(module, "default");
  if (exported === undefined)
    return only(`It has no default export; export ${made}: \`export default defineNode({ … })\`.`);
  const offered = Array.isArray(exported) ? (exported as unknown[]) : await packed(exported);
  if (offered.length === 0) return only("Its default export is a list of no nodes.");
  const definitions: NodeDefinition[] = [];
  const problems: string[] = [];
  for (const [i, value] of offered.entries()) {
    const where = offered.length === 1 ? "Its default export" : `Number ${i + 1} of its nodes`;
    const definition = asDefinition(value);
    if (definition) definitions.push(definition);
    else problems.push(`${where} is ${kindOf(value)}, not ${made}.`);
  }
  return { definitions, problems };
}

function only(problem: string): OfferedNodes {
  return { definitions: [], problems: [problem] };
}

async function packed(exported: unknown): Promise<unknown[]> {
  const nodes = member(exported, "nodes");
  if (typeof nodes !== "object" || nodes === null || typeof member(exported, "name") !== "string") return [exported];
  const loaded = Object.values(nodes as Record<string, unknown>).map(async (node) => {
    const load = member(node, "load");
    return typeof load === "function" ? ((await load.call(node)) as unknown) : node;
  });
  return Promise.all(loaded);
}

/** A definition whose description is plain JSON of the right form; a copy, which nobody changes afterwards. */
function asDefinition(value: unknown): NodeDefinition | undefined {
  if (typeof member(value, "run") !== "function") return undefined;
  const description = plain(member(value, "description"));
  return isDescription(description) ? { ...(value as NodeDefinition), description } : undefined;
}

const typePattern = /^[a-z][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)+$/;

function isDescription(value: unknown): value is NodeDescription {
  const texts = ["type", "title", "category", "description", "resource"].map((name) => member(value, name));
  return (
    texts.every((text) => typeof text === "string") &&
    typePattern.test(String(texts[0])) &&
    Number.isSafeInteger(member(value, "version")) &&
    [member(value, "inputs"), member(value, "outputs")].every(isSockets)
  );
}

function isSockets(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).every((socket) => typeof member(member(socket, "schema"), "type") === "string");
}

function plain(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value)) as unknown;
  } catch {
    return undefined;
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object of another form" : `a ${typeof value}`;
}
