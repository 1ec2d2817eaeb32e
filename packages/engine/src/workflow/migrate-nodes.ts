import type { Diagnostic, JsonPath } from "../diagnostics/diagnostic.ts";
import { Findings } from "../diagnostics/findings.ts";
import { canonicalJson, isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import type { NodeCatalog } from "../node/description.ts";
import { type MigratedNode, migrateNode } from "./migrate-node.ts";
import { own } from "./own.ts";
import { referenceOf } from "./reference.ts";
import { subWorkflowName, usedFirst, usedSubWorkflows } from "./sub-workflows.ts";
import type { NamedInput, NamedOutput, Workflow, WorkflowGraph, WorkflowNode } from "./workflow.ts";

/** A workflow whose older nodes are as the installed ones have them. */
export interface MigratedWorkflow {
  /** The given workflow itself when there was nothing to do. */
  readonly workflow: Workflow;
  /** A warning `node.migrated` for each node that was older. */
  readonly diagnostics: readonly Diagnostic[];
  /** Where what a path of the migrated workflow names stood before. */
  originOf(path: JsonPath): JsonPath;
}

/**
 * Brings every node that was saved by an older version to the installed one, by the migrations in the catalogue, in the
 * workflow and in its sub-workflows: inputs, links to its outputs, named outputs, the view, and literals that named
 * inputs bring. Pure. What no migration leads to, such as a newer node, stays as it is, for `checkWorkflow` to tell.
 *
 * The file on disk changes only when somebody saves.
 */
export function migrateNodes(workflow: Workflow, catalog: NodeCatalog): MigratedWorkflow {
  const findings = new Findings();
  const graphs = new Map<string, GraphMigration>();
  for (const name of usedFirst(workflow)) {
    const migration = new GraphMigration(workflow.workflows[name]!, catalog, graphs);
    findings.within("workflows", () => findings.within(name, () => migration.tell(findings)));
    graphs.set(name, migration);
  }
  const outer = new GraphMigration(workflow, catalog, graphs);
  outer.tell(findings);
  const changed = [...graphs].filter(([, { isChange }]) => isChange);
  if (!outer.isChange && changed.length === 0) return { workflow, diagnostics: [], originOf: (path) => path };
  const workflows = {
    ...workflow.workflows,
    ...Object.fromEntries(changed.map(([name, inner]) => [name, inner.graph()])),
  };
  return {
    workflow: { ...workflow, ...outer.graph(), workflows },
    diagnostics: findings.diagnostics,
    originOf: (path) => {
      if (path[0] !== "workflows") return outer.originOf(path);
      const inner = graphs.get(String(path[1]));
      return inner ? [...path.slice(0, 2), ...inner.originOf(path.slice(2))] : path;
    },
  };
}

/** The migration of one graph. The sub-workflows that it uses are in `inner` already. */
class GraphMigration {
  readonly #graph: WorkflowGraph;
  readonly #inner: ReadonlyMap<string, GraphMigration>;
  readonly #migrated = new Map<string, MigratedNode>();
  /** Whether a node in here, or in a sub-workflow that is used here, was older. */
  readonly isChange: boolean;
  /** For each named input the places that it feeds, by the names that they had. */
  readonly #fed = new Map<string, { readonly id: string; readonly input: string }[]>();

  constructor(graph: WorkflowGraph, catalog: NodeCatalog, inner: ReadonlyMap<string, GraphMigration>) {
    this.#graph = graph;
    this.#inner = inner;
    for (const [id, node] of Object.entries(graph.nodes)) {
      const description = own(catalog.nodes, node.type);
      const migrated = description && migrateNode(node, description);
      if (migrated) this.#migrated.set(id, migrated);
    }
    this.isChange = this.#migrated.size > 0 || usedSubWorkflows(graph).some((name) => inner.get(name)?.isChange);
    if (this.isChange) this.#findFed();
  }

  tell(findings: Findings): void {
    for (const [id, { node, from }] of this.#migrated) {
      const found = {
        severity: "warning",
        code: "node.migrated",
        message: `\`${id}\` was saved by version ${from} of \`${node.type}\` and is opened as version ${node.version}.`,
        expected: `version ${node.version}`,
        received: `version ${from}`,
        suggestion: "Save the workflow to keep it so; until then the file stays as it is.",
      } as const;
      findings.add(found, "nodes", id, "version");
    }
  }

  /** The graph with its nodes migrated, and all that names their inputs and outputs. */
  graph(): WorkflowGraph {
    const { nodes, inputs, outputs, view } = this.#graph;
    return {
      ...this.#graph,
      inputs: mapRecord(inputs, (input, name) => this.#namedInput(input, name)),
      outputs: mapRecord(outputs, (output) => this.#namedOutput(output)),
      nodes: mapRecord(nodes, (node, id) => this.#node(node, id)),
      view: this.#view(view),
    };
  }

  originOf(path: JsonPath): JsonPath {
    const [section, id, part, input, ...rest] = path;
    if (section !== "nodes" || part !== "inputs" || input === undefined) return path;
    const names = this.#migrated.get(String(id))?.inputNames ?? new Map<string, string>();
    const [old] = [...names].find(([, after]) => after === input) ?? [input];
    return [section, id!, part, old, ...rest];
  }

  /** What a literal for a named input has become, where all that it feeds agree. */
  mapNamed(name: string, value: JsonValue): JsonValue {
    const mapped = (this.#fed.get(name) ?? []).map(({ id, input }) => this.#mapLiteral(id, input, value));
    const [first = value] = mapped;
    return mapped.every((other) => canonicalJson(other) === canonicalJson(first)) ? first : value;
  }

  #mapLiteral(id: string, input: string, value: JsonValue): JsonValue {
    const name = subWorkflowName(this.#graph.nodes[id]!.type);
    if (name !== undefined) return this.#inner.get(name)?.mapNamed(input, value) ?? value;
    return this.#migrated.get(id)?.mapLiteral(input, value) ?? value;
  }

  #findFed(): void {
    for (const [id, { inputs }] of Object.entries(this.#graph.nodes)) {
      for (const [input, value] of Object.entries(inputs)) {
        for (const part of Array.isArray(value) ? (value as readonly JsonValue[]) : [value]) {
          const reference = referenceOf(part);
          if (reference?.kind !== "input") continue;
          this.#fed.set(reference.name, [...(this.#fed.get(reference.name) ?? []), { id, input }]);
        }
      }
    }
  }

  #namedInput(input: NamedInput, name: string): NamedInput {
    const { default: fallback, values } = input;
    const changed: { default?: JsonValue; values?: readonly (string | number)[] } = {};
    if (fallback !== undefined) changed.default = this.mapNamed(name, fallback);
    if (values !== undefined) changed.values = values.map((value) => this.mapNamed(name, value) as string | number);
    return { ...input, ...changed };
  }

  #namedOutput(output: NamedOutput): NamedOutput {
    const migrated = this.#migrated.get(output.node);
    return migrated ? { ...output, output: migrated.outputName(output.output) } : output;
  }

  #node(node: WorkflowNode, id: string): WorkflowNode {
    const migrated = this.#migrated.get(id)?.node ?? node;
    const inner = this.#inner.get(subWorkflowName(node.type) ?? "");
    const inputs = mapRecord(migrated.inputs, (value, input) => {
      const followed = Array.isArray(value)
        ? (value as readonly JsonValue[]).map((item) => this.#followLink(item))
        : this.#followLink(value);
      return inner ? inner.mapNamed(input, followed) : followed;
    });
    return { ...migrated, inputs };
  }

  #followLink(value: JsonValue): JsonValue {
    const reference = referenceOf(value);
    const source = reference?.kind === "link" ? this.#migrated.get(reference.node) : undefined;
    if (reference?.kind !== "link" || !source) return value;
    return { $link: [reference.node, source.outputName(reference.output)] };
  }

  /** Waypoints of links keep to their input, and fields that were shown as sockets stay so. */
  #view(view: JsonObject): JsonObject {
    const { nodes, links } = view;
    return {
      ...view,
      ...(isJsonObject(nodes) && { nodes: mapRecord(nodes, (placed, id) => this.#viewedNode(placed, id)) }),
      ...(isJsonObject(links) && { links: renameKeys(links, (key) => this.#linkKey(key)) }),
    };
  }

  #viewedNode(placed: JsonValue, id: string): JsonValue {
    const migrated = this.#migrated.get(id);
    if (!migrated || !isJsonObject(placed) || !Array.isArray(placed["sockets"])) return placed;
    const sockets = placed["sockets"] as readonly JsonValue[];
    return { ...placed, sockets: sockets.map((name) => this.#inputName(id, name) ?? name) };
  }

  #linkKey(key: string): string {
    const [, id = "", input = "", item = ""] = /^([^.]*)\.(\w+)(.*)$/.exec(key) ?? [];
    const after = this.#inputName(id, input);
    return typeof after === "string" ? `${id}.${after}${item}` : key;
  }

  #inputName(id: string, name: JsonValue): JsonValue | undefined {
    return typeof name === "string" ? this.#migrated.get(id)?.inputNames.get(name) : undefined;
  }
}

function mapRecord<T extends JsonValue | object, U>(
  record: { readonly [key: string]: T },
  map: (value: T, key: string) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}

function renameKeys(record: JsonObject, rename: (key: string) => string): JsonObject {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [rename(key), value]));
}
