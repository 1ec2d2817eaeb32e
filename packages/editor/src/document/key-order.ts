import { isJsonObject, type JsonObject, type JsonValue, type Workflow } from "@inlay/engine";
import type { Patch } from "immer";

/** The keys of one record of the file, in their order. */
export interface KeyOrder {
  readonly path: readonly (string | number)[];
  readonly keys: readonly string[];
}

/** The orders that removals by patches lose: a member that is put back would come last, and the file would differ. */
export function keyOrders(before: Workflow, patches: readonly Patch[]): readonly KeyOrder[] {
  const orders = new Map<string, KeyOrder>();
  for (const { op, path } of patches) {
    const parent = path.slice(0, -1);
    const name = parent.join("\n");
    if (op !== "remove" || orders.has(name)) continue;
    const record = valueAt(before as unknown as JsonValue, parent);
    if (isJsonObject(record)) orders.set(name, { path: parent, keys: Object.keys(record) });
  }
  return [...orders.values()];
}

/**
 * The workflow after a command with replaced members where they were: a member that a command took out and put back has come
 * last, and neither undo nor redo would do the same.
 */
export function withSteadyOrder(before: Workflow, after: Workflow, patches: readonly Patch[]): Workflow {
  const orders: KeyOrder[] = [];
  for (const { op, path } of patches) {
    if (op !== "replace") continue;
    const parent = path.slice(0, -1);
    const old = valueAt(before as unknown as JsonValue, parent);
    const now = valueAt(after as unknown as JsonValue, parent);
    if (!isJsonObject(old) || !isJsonObject(now)) continue;
    const keys = Object.keys(old);
    const common = keys.filter((key) => Object.hasOwn(now, key));
    const order = Object.keys(now).filter((key) => Object.hasOwn(old, key));
    if (common.some((key, i) => key !== order[i])) orders.push({ path: parent, keys });
  }
  return orders.length === 0 ? after : withKeyOrders(after, orders);
}

/** The workflow with the given records in their orders; members that an order does not know come last. */
export function withKeyOrders(workflow: Workflow, orders: readonly KeyOrder[]): Workflow {
  return orders.reduce<JsonValue>(
    (whole, { path, keys }) =>
      replaceAt(whole, path, (record) => (isJsonObject(record) ? sorted(record, keys) : record)),
    workflow as unknown as JsonValue,
  ) as unknown as Workflow;
}

function sorted(record: JsonObject, keys: readonly string[]): JsonObject {
  const known = keys.filter((key) => Object.hasOwn(record, key)).map((key) => [key, record[key]!] as const);
  return { ...Object.fromEntries(known), ...record };
}

function valueAt(value: JsonValue | undefined, path: readonly (string | number)[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (at, step) => (isJsonObject(at) && Object.hasOwn(at, step) ? at[step] : undefined),
    value,
  );
}

function replaceAt(
  value: JsonValue,
  [step, ...rest]: readonly (string | number)[],
  change: (value: JsonValue) => JsonValue,
): JsonValue {
  if (step === undefined) return change(value);
  if (!isJsonObject(value) || !Object.hasOwn(value, step)) return value;
  return { ...value, [step]: replaceAt(value[step]!, rest, change) };
}
