import type { z } from "zod";
import type { JsonValue } from "../json.ts";
import { checkValue } from "../schema/check-value.ts";
import { compileZod } from "../schema/from-zod.ts";
import type { FingerprintContext, NodeContext } from "./context.ts";
import { type InputFinding, type InputRules, runWithRules } from "./input-rules.ts";
import { longestTimeout } from "../workflow/workflow.ts";
import { checkMigrations } from "./node-migration.ts";
import type { Expansion } from "./expansion.ts";
import type { InputDescription, NodeDescription, OutputDescription, Resource } from "./description.ts";

/** The zod schemas of a node's inputs or outputs, by name. */
export type Shape = Readonly<Record<string, z.ZodType>>;

/** The values that a shape stands for. */
export type ValuesOf<S extends Shape> = { readonly [K in keyof S]: z.output<S[K]> };

/** What an author writes: everything that there is to know about a node, in one place. */
export interface NodeSpec<I extends Shape, O extends Shape> extends Omit<
  NodeDescription,
  "inputs" | "outputs" | "resource" | "isLazy" | "hasRules" | "hasFingerprint"
> {
  readonly inputs: I;
  readonly outputs: O;
  /** Default `cpu`. */
  readonly resource?: Resource;
  /**
   * Inputs that are made only when `needs` asks for them; absent from the others when `run` is called, and from the
   * cache key. So each has a default or is optional, or `needs` always asks for it before `run` reads it.
   */
  readonly lazy?: readonly (keyof I & string)[];
  /**
   * The lazy inputs that are needed, given the inputs that are not lazy. Called once before `run`; must not wait, and
   * answers by its inputs alone.
   */
  needs?(inputs: Partial<ValuesOf<I>>): readonly (keyof I & string)[];
  /**
   * Rules between inputs: what is wrong with these. Asked without a run, about a file, where `later` holds the inputs
   * whose values only a run brings (they are absent, as those without value are), and again with all values before the
   * node starts, so that nothing is paid for what cannot work. Answers by its inputs alone. What one input takes says
   * its schema; what cannot be known without work is for `run` to tell.
   */
  validate?(
    inputs: Partial<ValuesOf<I>>,
    later: ReadonlySet<string>,
  ): readonly InputFinding[] | Promise<readonly InputFinding[]>;
  /**
   * What the result depends on besides the inputs, as a text that changes when it does: a folder's listing, a URL's ETag.
   * It enters the cache key, so that a result is used again only while this is the same. Asked once a run, when the
   * run starts, with literals, defaults and what references bring: an input that it reads cannot be linked, and a run in
   * which one is ends with `node.fingerprint`. If it throws, the node is made anew.
   */
  fingerprint?(inputs: Partial<ValuesOf<I>>, ctx: FingerprintContext): string | Promise<string>;
  /** Inputs are read-only. A node that needs no `await` may return its outputs directly, which is faster. */
  run(inputs: ValuesOf<I>, ctx: NodeContext): ValuesOf<O> | Expansion | Promise<ValuesOf<O> | Expansion>;
}

/** A node that the engine can run: its description as data, and its code. */
export interface NodeDefinition {
  readonly description: NodeDescription;
  /** Which lazy inputs are needed, given the others. */
  needs?(inputs: Readonly<Record<string, unknown>>): readonly string[];
  /** What the outside is like on which the result depends; its inputs throw when a link brings them. */
  fingerprint?(inputs: Readonly<Record<string, unknown>>, ctx: FingerprintContext): string | Promise<string>;
  /** What is wrong between inputs; `run` asks it by itself. */
  readonly validate?: InputRules;
  run(inputs: Readonly<Record<string, unknown>>, ctx: NodeContext): unknown;
}

/**
 * Defines a node once: sockets, form, help, docs page and JSON Schema are derived from what is given here.
 * Throws a `TypeError` when a schema cannot be written as data, a default does not satisfy its own schema, or the
 * migrations leave a gap or lead nowhere.
 *
 * @example
 * export default defineNode({
 *   type: "mask/invert", version: 1, title: "Invert Mask", category: "Mask",
 *   description: "Selects what was not selected.",
 *   inputs: { mask: Mask },
 *   outputs: { mask: Mask },
 *   run: ({ mask }) => ({ mask: { ...mask, data: mask.data.map((sample) => 255 - sample) } }),
 * });
 */
export function defineNode<const I extends Shape, const O extends Shape>(spec: NodeSpec<I, O>): NodeDefinition {
  const { needs, fingerprint } = spec;
  // The engine checks every input against the description before it calls.
  const run = (inputs: Readonly<Record<string, unknown>>, ctx: NodeContext): unknown =>
    spec.run(inputs as ValuesOf<I>, ctx);
  const validate: InputRules | undefined =
    spec.validate && ((inputs, later) => spec.validate!(inputs as Partial<ValuesOf<I>>, later));
  return {
    description: describeNode(spec),
    ...(needs && { needs: (inputs: Readonly<Record<string, unknown>>) => needs(inputs as Partial<ValuesOf<I>>) }),
    ...(validate && { validate }),
    ...(fingerprint && {
      fingerprint: (inputs: Readonly<Record<string, unknown>>, ctx: FingerprintContext) =>
        fingerprint(inputs as Partial<ValuesOf<I>>, ctx),
    }),
    run: validate
      ? (inputs, ctx) => runWithRules(spec.type, validate, { inputs, ctx, run: () => run(inputs, ctx) })
      : run,
  };
}

const typePattern = /^[a-z][a-z0-9-]*(\/[a-z0-9][a-z0-9._-]*)+$/;
const namePattern = /^[a-z][a-z0-9_]{0,63}$/;

function describeNode<I extends Shape, O extends Shape>(spec: NodeSpec<I, O>): NodeDescription {
  const {
    type,
    version,
    title,
    category,
    description,
    aliases,
    resource = "cpu",
    isOutput,
    paid,
    paidWhen,
    cache,
    service,
    model,
    secrets,
    migrations,
    timeout,
    lazy = [],
  } = spec;
  if (!typePattern.test(type))
    throw new TypeError(`A node's type is family/name in lower case, not ${JSON.stringify(type)}.`);
  if (type.startsWith("workflow/")) throw new TypeError("The family workflow/ belongs to sub-workflows.");
  if (!Number.isSafeInteger(version) || version < 1) throw new TypeError(`${type}: version counts from 1.`);
  if (title === "" || description === "")
    throw new TypeError(`${type}: title and description are what people read first.`);
  if (timeout !== undefined && !(timeout > 0 && timeout <= longestTimeout))
    throw new TypeError(`${type}: a timeout is more than 0 and at most ${longestTimeout} seconds.`);
  if (paid && cache === "never") throw new TypeError(`${type}: a paid result must be cached.`);
  if (paidWhen && (!paid || !Object.hasOwn(spec.inputs, paidWhen.input)))
    throw new TypeError(`${type}: paidWhen is for a paid node, and names one of its inputs.`);
  if (typeof model === "object" && !Object.hasOwn(spec.inputs, model.input))
    throw new TypeError(`${type}: the model's input ${JSON.stringify(model.input)} is not among the inputs.`);
  if (lazy.length > 0 !== (spec.needs !== undefined))
    throw new TypeError(`${type}: lazy inputs and needs() go together.`);
  const inputs = mapShape(spec.inputs, type, describeInput);
  for (const name of lazy) {
    if (!inputs[name]) throw new TypeError(`${type}: the lazy input ${JSON.stringify(name)} is not among the inputs.`);
    inputs[name] = { ...inputs[name], lazy: true };
  }
  const outputs = mapShape(spec.outputs, type, describeOutput);
  if (migrations) checkMigrations({ type, version, inputs, outputs }, migrations);
  return {
    type,
    version,
    title,
    category,
    description,
    ...(aliases && { aliases }),
    inputs,
    outputs,
    resource,
    ...(isOutput && { isOutput }),
    ...(lazy.length > 0 && { isLazy: true }),
    ...(spec.validate && { hasRules: true }),
    ...(spec.fingerprint && { hasFingerprint: true }),
    ...(paid && { paid }),
    ...(paidWhen && { paidWhen }),
    ...(cache && { cache }),
    ...(service !== undefined && { service }),
    ...(model !== undefined && { model }),
    ...(secrets && { secrets }),
    ...(migrations && { migrations }),
    ...(timeout !== undefined && { timeout }),
  };
}

function mapShape<D>(shape: Shape, type: string, describe: (zodType: z.ZodType) => D): Record<string, D> {
  const described: Record<string, D> = {};
  for (const [name, zodType] of Object.entries(shape)) {
    if (!namePattern.test(name))
      throw new TypeError(`${type}: ${JSON.stringify(name)} is not a name like control_scale.`);
    try {
      described[name] = describe(zodType);
    } catch (error) {
      throw new TypeError(`${type}, ${name}: ${(error as Error).message}`, { cause: error });
    }
  }
  return described;
}

function describeInput(zodType: z.ZodType): InputDescription {
  const compiled = compileZod(zodType);
  const { schema, optional, meta } = compiled;
  if (compiled.default !== undefined) checkDefault(compiled.default, schema);
  const { title, description, unit, widget, step, advanced, subWorkflow } = meta;
  return {
    schema,
    required: !optional,
    ...(compiled.default !== undefined && { default: compiled.default }),
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(unit !== undefined && { unit }),
    ...(widget !== undefined && { widget }),
    ...(step !== undefined && { step }),
    ...(advanced && { advanced }),
    ...(subWorkflow && { subWorkflow }),
  };
}

function checkDefault(value: JsonValue, schema: CompiledInput): void {
  const [problem] = checkValue(schema, value, "literal");
  if (problem) throw new TypeError(`the default is ${problem.received}, not ${problem.expected}`);
}

type CompiledInput = ReturnType<typeof compileZod>["schema"];

function describeOutput(zodType: z.ZodType): OutputDescription {
  const { schema, optional, meta } = compileZod(zodType);
  if (optional) throw new TypeError("an output is always there");
  return {
    schema,
    ...(meta.title !== undefined && { title: meta.title }),
    ...(meta.description !== undefined && { description: meta.description }),
  };
}
