import { isJsonObject, type JsonValue } from "../json.ts";
import { checkValue } from "../schema/check-value.ts";
import type { ValueSchema } from "../schema/value-schema.ts";
import type { InputDescription, OutputDescription } from "./description.ts";

/**
 * One step of a node from the version before to version `to`, as data, so that every host takes it without node code.
 * Its parts are applied in this order: `drop`, `rename`, `mapValues`, `set`.
 *
 * @example
 * // Version 2 says `radius` in place of `size`, and no longer knows the mode "box".
 * migrations: [{ to: 2, rename: { size: "radius" }, mapValues: { mode: { box: "square" } } }]
 */
export interface NodeMigration {
  readonly to: number;
  /** Inputs that are gone, by the names that they had. */
  readonly drop?: readonly string[];
  /** Inputs that have another name: the old one, and the new one. */
  readonly rename?: { readonly [old: string]: string };
  /** Outputs that have another name; links and named outputs follow. */
  readonly renameOutputs?: { readonly [old: string]: string };
  /** For an input, by its new name, what literals become: the old value as text, and the new one. Items of lists too. */
  readonly mapValues?: { readonly [input: string]: { readonly [old: string]: JsonValue } };
  /** What an absent input is set to, where its default would mean something else than before. Literals only. */
  readonly set?: { readonly [input: string]: JsonValue };
}

/** What migrations are held against. */
export interface MigratedType {
  readonly type: string;
  readonly version: number;
  readonly inputs: { readonly [name: string]: InputDescription };
  readonly outputs: { readonly [name: string]: OutputDescription };
}

/**
 * Throws a `TypeError` unless migrations lead without a gap from version 1 to the present one, name each thing once,
 * end in inputs and outputs that exist, and give literals that these take.
 */
export function checkMigrations(owner: MigratedType, migrations: readonly NodeMigration[]): void {
  const { type, version } = owner;
  if (migrations.length !== version - 1)
    throw new TypeError(
      `${type}: version ${version} takes ${version - 1} migrations, from 2 to ${version}, not ${migrations.length}.`,
    );
  migrations.forEach((migration, index) => {
    if (migration.to !== index + 2)
      throw new TypeError(`${type}: a migration to ${migration.to} stands where the one to ${index + 2} belongs.`);
    checkNames(type, migration);
    checkInputs(owner, migration, migrations.slice(index + 1));
    checkOutputs(owner, migration, migrations.slice(index + 1));
  });
}

function checkNames(type: string, { to, rename = {}, renameOutputs = {}, drop = [] }: NodeMigration): void {
  const dropped = drop.find((name) => Object.hasOwn(rename, name));
  if (dropped !== undefined)
    throw new TypeError(`${type}, migration to ${to}: ${dropped} is both dropped and renamed.`);
  for (const names of [Object.values(rename), Object.values(renameOutputs)]) {
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw new TypeError(`${type}, migration to ${to}: two names become ${twice}.`);
  }
}

/** Each input that a step names must be there at the end, unless a later step drops it, and take what it is given. */
function checkInputs({ type, inputs }: MigratedType, migration: NodeMigration, later: readonly NodeMigration[]): void {
  const { to, rename = {}, set = {}, mapValues = {} } = migration;
  const schemaOf = (name: string): ValueSchema | undefined => {
    const last = later.reduce<string | undefined>((at, step) => (at === undefined ? at : inputAfter(step, at)), name);
    if (last === undefined) return undefined;
    if (Object.hasOwn(inputs, last)) return inputs[last]!.schema;
    throw new TypeError(`${type}, migration to ${to}: ${name} leads to no input of version ${later.at(-1)?.to ?? to}.`);
  };
  for (const name of Object.values(rename)) schemaOf(name);
  for (const [name, value] of Object.entries(set))
    checkLiteral(`${type}, migration to ${to}`, name, value, schemaOf(name));
  for (const [name, values] of Object.entries(mapValues))
    for (const value of Object.values(values))
      checkLiteral(`${type}, migration to ${to}`, name, value, itemOr(schemaOf(name), value));

  function itemOr(schema: ValueSchema | undefined, value: JsonValue): ValueSchema | undefined {
    return schema?.type === "list" && !Array.isArray(value) ? schema.items : schema;
  }

  /** What a later step maps once more need not be a value of today. */
  function checkLiteral(place: string, name: string, value: JsonValue, schema: ValueSchema | undefined): void {
    if (hasReference(value)) throw new TypeError(`${place}: ${name} is given a reference; it takes literals only.`);
    if (schema === undefined || later.some(({ mapValues: more }) => more !== undefined)) return;
    const [problem] = checkValue(schema, value, "literal");
    if (problem) throw new TypeError(`${place}: ${name} is given ${problem.received}, not ${problem.expected}.`);
  }
}

function checkOutputs(
  { type, outputs }: MigratedType,
  migration: NodeMigration,
  later: readonly NodeMigration[],
): void {
  for (const name of Object.values(migration.renameOutputs ?? {})) {
    const last = later.reduce((at, step) => outputAfter(step, at), name);
    if (!Object.hasOwn(outputs, last))
      throw new TypeError(`${type}, migration to ${migration.to}: ${name} leads to no output.`);
  }
}

/** The name of an input after a step; undefined when the step drops it. */
export function inputAfter({ drop, rename = {} }: NodeMigration, name: string): string | undefined {
  if (drop?.includes(name)) return undefined;
  return Object.hasOwn(rename, name) ? rename[name] : name;
}

/** The name of an output after a step. */
export function outputAfter({ renameOutputs = {} }: NodeMigration, name: string): string {
  return Object.hasOwn(renameOutputs, name) ? renameOutputs[name]! : name;
}

/** Recursion ends: a definition is written by hand. */
function hasReference(value: JsonValue): boolean {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).some(hasReference);
  if (!isJsonObject(value)) return false;
  return Object.entries(value).some(([key, part]) => key.startsWith("$") || hasReference(part));
}
