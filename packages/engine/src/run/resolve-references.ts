import { EngineError, errorData } from "../errors.ts";
import type { RunServices, Signal } from "../host.ts";
import { canonicalJson, type JsonValue } from "../json.ts";
import { checkValue, isHandle } from "../schema/check-value.ts";
import { namedInputSchema, type Workflow } from "../workflow/workflow.ts";
import { referenceOf } from "../workflow/reference.ts";
import type { FileRef } from "../values/image.ts";
import type { Plan, PlannedReference } from "../plan/plan.ts";

/** A value that a caller gives to a named input: JSON, or a file that the host has taken in; inside of a run pixels too. */
export type CallerValue = JsonValue | FileRef;

/** What pixels that a reference brings are in keys: who made them, never their samples. */
export type Identities = ReadonlyMap<unknown, string>;
const noIdentities: Identities = new Map();

/** What a plan's references stand for in one run. */
export interface ResolvedReferences {
  /** For each entry of `plan.open` the values of its node's references, in their order. */
  readonly values: readonly (readonly CallerValue[])[];
  /** The resolved `$seed`s by the place where they stand: `node.input`, `node.input[item]` or `inputs.name`. */
  readonly seeds: Readonly<Record<string, number>>;
  /** The named inputs by name, as callers see them. */
  readonly inputs: Readonly<Record<string, CallerValue>>;
}

/**
 * Finds every named input, file, asset and seed that a plan needs, once each, before anything runs.
 * Fails with `named-input.unknown`, `input.*`, `asset.unknown` or what the host says about a file.
 */
export async function resolveReferences(
  plan: Plan,
  given: Readonly<Record<string, CallerValue>>,
  services: RunServices,
  signal?: Signal,
): Promise<ResolvedReferences> {
  const { workflow } = plan;
  const resolver = createResolver(workflow, services, signal);
  const inputs = await resolveNamedInputs(plan, given, resolver);
  const values: CallerValue[][] = [];
  for (const index of plan.open) {
    const node = plan.nodes[index]!;
    const resolved: CallerValue[] = [];
    for (const planned of node.references) {
      const value = await located(resolvePlanned(planned, node.id, inputs, resolver), {
        node: node.id,
        input: planned.input,
      });
      checkResolved(value, planned, node);
      resolved.push(value);
    }
    values.push(resolved);
  }
  return { values, seeds: resolver.seeds, inputs };
}

interface Place {
  readonly node: string;
  readonly input: string;
}

/** What could not be found says which field of which node names it, if it does not say so itself. */
async function located<T>(found: Promise<T>, place: Place | undefined): Promise<T> {
  try {
    return await found;
  } catch (error) {
    const data = errorData(error);
    if (data.code === "node.internal" || data.node !== undefined || !place) throw error;
    throw new EngineError({ ...data, ...place }, { cause: error });
  }
}

/** The first field that a named input feeds. */
function feeds(plan: Plan, name: string): Place | undefined {
  for (const index of plan.open) {
    const node = plan.nodes[index]!;
    const planned = node.references.find(({ reference }) => reference.kind === "input" && reference.name === name);
    if (planned) return { node: node.id, input: planned.input };
  }
  return undefined;
}

interface Resolver {
  readonly seeds: Record<string, number>;
  file(path: string): Promise<FileRef>;
  asset(sha256: string): Promise<FileRef>;
  seed(mode: "random" | "increment", place: string): Promise<number>;
}

function createResolver(workflow: Workflow, services: RunServices, signal: Signal | undefined): Resolver {
  const files = new Map<string, Promise<FileRef>>();
  const seeds: Record<string, number> = {};
  const once = (name: string, find: () => Promise<FileRef>): Promise<FileRef> => {
    const found = files.get(name) ?? find();
    files.set(name, found);
    return found;
  };
  return {
    seeds,
    file: (path) => once(`file ${path}`, () => services.resolveFile(path, signal)),
    asset: (sha256) => once(`asset ${sha256}`, () => resolveAsset(workflow, sha256, services)),
    async seed(mode, place) {
      seeds[place] ??= await services.nextSeed(mode, `${workflow.name ?? "workflow"}/${place}`);
      return seeds[place];
    },
  };
}

async function resolveAsset({ assets }: Workflow, sha256: string, services: RunServices): Promise<FileRef> {
  const asset = Object.hasOwn(assets, sha256) ? assets[sha256] : undefined;
  if (asset) return services.resolveAsset({ ...asset, sha256 });
  throw new EngineError({ code: "asset.unknown", message: `The workflow holds no asset ${sha256}.`, received: sha256 });
}

async function resolveNamedInputs(
  plan: Plan,
  given: Readonly<Record<string, CallerValue>>,
  resolver: Resolver,
): Promise<Record<string, CallerValue>> {
  const inputs: Record<string, CallerValue> = {};
  for (const [name, declaration] of Object.entries(plan.workflow.inputs)) {
    const value = Object.hasOwn(given, name) ? given[name] : declaration.default;
    if (value === undefined) continue;
    inputs[name] = isHandle(value, "file")
      ? (value as FileRef)
      : await located(resolveDefault(value as JsonValue, `inputs.${name}`, resolver), feeds(plan, name));
    const [problem] = checkValue(namedInputSchema(declaration), inputs[name], "value");
    if (problem) throw wrongNamedInput(name, problem);
  }
  return inputs;
}

function wrongNamedInput(
  name: string,
  { code, expected, received, suggestion }: { code: string; expected: string; received: string; suggestion?: string },
): EngineError {
  const message = `The named input \`${name}\` takes ${expected}, not ${received}`;
  return new EngineError({
    code,
    message,
    input: name,
    expected,
    received,
    ...(suggestion !== undefined && { suggestion }),
  });
}

async function resolveDefault(value: JsonValue, place: string, resolver: Resolver): Promise<CallerValue> {
  const reference = referenceOf(value);
  switch (reference?.kind) {
    case "file":
      return resolver.file(reference.path);
    case "asset":
      return resolver.asset(reference.sha256);
    case "seed":
      return resolver.seed(reference.mode, place);
    default:
      return value;
  }
}

async function resolvePlanned(
  { reference, input, item, place }: PlannedReference,
  node: string,
  inputs: Readonly<Record<string, CallerValue>>,
  resolver: Resolver,
): Promise<CallerValue> {
  switch (reference.kind) {
    case "file":
      return resolver.file(reference.path);
    case "asset":
      return resolver.asset(reference.sha256);
    case "seed":
      return resolver.seed(reference.mode, place ?? `${node}.${input}${item === undefined ? "" : `[${item}]`}`);
    case "input":
      return inputs[reference.name] ?? missingNamedInput(reference.name);
  }
}

function missingNamedInput(name: string): never {
  throw new EngineError({
    code: "input.missing",
    message: `The named input \`${name}\` has no value.`,
    input: name,
    suggestion: `Give it with --input ${name}=… or declare a default.`,
  });
}

function checkResolved(value: CallerValue, planned: PlannedReference, node: Plan["nodes"][number]): void {
  const { input, item, checks } = planned;
  const declared = node.description.inputs[input]!.schema;
  const schema = item !== undefined && declared.type === "list" ? declared.items : declared;
  const [problem] = [schema, ...checks].flatMap((takes) => checkValue(takes, value, "value"));
  if (!problem) return;
  const { code, expected, received, suggestion } = problem;
  const message = `\`${input}\` of \`${node.id}\` takes ${expected}, not ${received}`;
  throw new EngineError({
    code,
    message,
    node: node.id,
    input,
    expected,
    received,
    ...(suggestion !== undefined && { suggestion }),
  });
}

/** For each entry of `plan.open` the text that enters its key: its references' values, and its service's scope. */
export function openTexts(
  plan: Plan,
  values: (node: number) => readonly CallerValue[],
  scopes: (service: string) => string | undefined,
  identities: Identities = noIdentities,
): readonly string[] {
  return plan.open.map((index) => {
    const { references, description } = plan.nodes[index]!;
    return keyTextOf(references, values(index), scopes(description.service ?? ""), identities);
  });
}

function keyTextOf(
  references: readonly PlannedReference[],
  values: readonly CallerValue[],
  scope: string | undefined,
  identities: Identities,
): string {
  const lines = references.map(({ input, item }, i) => `${input}[${item ?? ""}]=${valueText(values[i]!, identities)}`);
  return [...(scope === undefined ? [] : [`service ${scope}`]), ...lines].join("\n");
}

/** A file stands for itself by its content alone, so that a copy under another name is the same input. */
function valueText(value: CallerValue, identities: Identities): string {
  const identity = identities.get(value);
  if (identity !== undefined) return `made ${identity}`;
  return isHandle(value, "file") ? `file ${(value as FileRef).sha256}` : canonicalJson(value as JsonValue);
}
