import { DIALECTS, type SandboxDialect } from "../dialect.ts";
import { sandboxError } from "../sandbox-error.ts";
import type { SandboxTiming } from "../timing.ts";
import { FAULT_CALLS, type FaultCall, type FaultName, type FaultPlan } from "./fault.ts";

/** What a file of faults sets. */
export interface FaultFile {
  readonly faults: FaultPlan;
  readonly dialect: Partial<SandboxDialect>;
  readonly timing: SandboxTiming;
}

/** Whether a value will do; else what would. */
type Check = (value: unknown) => string | undefined;

/** One kind of fault: the calls that it makes sense for, and its members. */
interface FaultKind {
  readonly calls: readonly FaultCall[];
  readonly required?: Readonly<Record<string, Check>>;
  readonly optional?: Readonly<Record<string, Check>>;
}

const OF_REQUEST: readonly FaultCall[] = ["status", "result", "cancel"];
const API: readonly FaultCall[] = ["submit", "model", ...OF_REQUEST];
const handled = { handled: isBoolean };

const KINDS: { readonly [name in FaultName]: FaultKind } = {
  none: { calls: FAULT_CALLS },
  delay: { calls: FAULT_CALLS, required: { ms: wholeNumber(0, 3_600_000) } },
  http: {
    calls: FAULT_CALLS,
    required: { status: wholeNumber(200, 599) },
    optional: {
      ...handled,
      error_code: wholeNumber(1, 999_999),
      message: isText,
      field: isText,
      retry_after: isRetryAfter,
    },
  },
  html: { calls: FAULT_CALLS, optional: handled },
  empty: { calls: FAULT_CALLS, optional: handled },
  truncated: { calls: FAULT_CALLS, optional: handled },
  reset: { calls: FAULT_CALLS, required: { when: oneOf("before", "handled", "midway") } },
  silence: { calls: FAULT_CALLS, optional: handled },
  slow: { calls: FAULT_CALLS, required: { every_ms: wholeNumber(1, 60_000) } },
  say: { calls: API, required: { set: isObject } },
  stuck: { calls: ["status", "result"] },
  endless: { calls: ["status", "result"] },
  backwards: { calls: ["status"] },
  "not-ready": { calls: ["result"] },
  "unknown-status": { calls: ["status", "result"], optional: { word: isText } },
  lost: { calls: OF_REQUEST, optional: { status: wholeNumber(400, 499) } },
  expired: { calls: ["file"], optional: { status: wholeNumber(400, 499) } },
  fails: { calls: ["submit"], required: { message: isText } },
  race: { calls: ["cancel"], required: { winner: oneOf("completion", "nobody") } },
  output: { calls: ["result"], required: { kind: oneOf("none", "video", "three") } },
  redirect: { calls: FAULT_CALLS, required: { to: isText } },
  "content-type": { calls: ["file"], required: { type: isText } },
  file: { calls: ["file"], required: { kind: oneOf("video", "text", "empty", "huge", "endless") } },
  resized: { calls: ["file"], required: { width: wholeNumber(1, 8192), height: wholeNumber(1, 8192) } },
};

/** What a file of faults may hold besides: how long things take, in milliseconds. */
const TIMING: { readonly [name: string]: keyof SandboxTiming } = { queued_ms: "queuedMs", run_ms: "minRunMs" };

/**
 * Reads a file of faults: `seed`, `script`, `chance`, `dialect` and `timing`, as `docs/sandbox.md` describes them.
 *
 * @param name how to call it in errors
 * @throws `sandbox.faults` naming the first place that is wrong and what is expected there
 */
export function readFaults(text: string, name: string): FaultFile {
  const fail = (place: string, expected: string): never => {
    throw faultsError(name, place, expected);
  };
  const root = members(parse(text, fail), "", ["seed", "script", "chance", "dialect", "timing"], fail);
  const script = lists(root["script"], "/script", fail, (fault, place, call) =>
    checkFault(fault, place, call, true, fail),
  );
  const chance = chances(root["chance"], fail);
  if (root["seed"] !== undefined) check(wholeNumber(0, 4_294_967_295), root["seed"], "/seed", fail);
  const seed = root["seed"] as number | undefined;
  return {
    faults: { ...(seed !== undefined && { seed }), script, chance } as FaultPlan,
    dialect: dialectOf(root["dialect"], fail),
    timing: timingOf(root["timing"], fail),
  };
}

type Fail = (place: string, expected: string) => never;

function parse(text: string, fail: Fail): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fail("", "JSON");
  }
}

/** The members of an object that has no others than these; none when it is absent. */
function members(value: unknown, place: string, names: readonly string[], fail: Fail): Record<string, unknown> {
  if (value === undefined) return {};
  check(isObject, value, place, fail);
  const object = value as Record<string, unknown>;
  const unknown = Object.keys(object).find((name) => !names.includes(name));
  if (unknown !== undefined) fail(`${place}/${unknown}`, `one of ${names.join(", ")}`);
  return object;
}

function lists(
  value: unknown,
  place: string,
  fail: Fail,
  checkItem: (item: unknown, place: string, call: FaultCall) => void,
): Record<string, unknown> {
  const byCall = members(value, place, FAULT_CALLS, fail);
  for (const [call, list] of Object.entries(byCall)) {
    if (!Array.isArray(list)) return fail(`${place}/${call}`, "a list of faults");
    list.forEach((item, index) => checkItem(item, `${place}/${call}/${index}`, call as FaultCall));
  }
  return byCall;
}

function chances(value: unknown, fail: Fail): Record<string, unknown> {
  const byCall = members(value, "/chance", FAULT_CALLS, fail);
  for (const [call, chance] of Object.entries(byCall)) {
    const place = `/chance/${call}`;
    const { share, faults } = members(chance, place, ["share", "faults"], fail);
    check(isShare, share, `${place}/share`, fail);
    if (!Array.isArray(faults) || faults.length === 0) return fail(`${place}/faults`, "a list of faults");
    faults.forEach((fault, index) => checkFault(fault, `${place}/faults/${index}`, call as FaultCall, false, fail));
  }
  return byCall;
}

function checkFault(value: unknown, place: string, call: FaultCall, scripted: boolean, fail: Fail): void {
  check(isObject, value, place, fail);
  const { fault, ...given } = value as Record<string, unknown>;
  const possible = Object.entries(KINDS).filter(([, { calls }]) => calls.includes(call));
  const kind = possible.find(([kindName]) => kindName === fault)?.[1];
  if (!kind) return fail(`${place}/fault`, `one of ${possible.map(([kindName]) => kindName).join(", ")}`);
  const { required = {}, optional = {} } = kind;
  const allowed: Readonly<Record<string, Check>> = { ...required, ...optional, ...(scripted && { times: isTimes }) };
  members(value, place, ["fault", ...Object.keys(allowed)], fail);
  for (const [member, checkMember] of Object.entries(allowed)) {
    if (Object.hasOwn(given, member) || member in required)
      check(checkMember, given[member], `${place}/${member}`, fail);
  }
}

function dialectOf(value: unknown, fail: Fail): Partial<SandboxDialect> {
  const dialect = members(value, "/dialect", Object.keys(DIALECTS), fail);
  for (const [name, values] of Object.entries(DIALECTS)) {
    if (dialect[name] !== undefined) check(oneOf(...values), dialect[name], `/dialect/${name}`, fail);
  }
  return dialect;
}

function timingOf(value: unknown, fail: Fail): SandboxTiming {
  const given = members(value, "/timing", Object.keys(TIMING), fail);
  for (const [name, ms] of Object.entries(given)) check(wholeNumber(0, 86_400_000), ms, `/timing/${name}`, fail);
  return Object.fromEntries(Object.entries(given).map(([name, ms]) => [TIMING[name]!, ms]));
}

function check(test: Check, value: unknown, place: string, fail: Fail): void {
  const expected = test(value);
  if (expected !== undefined) fail(place, expected);
}

function isBoolean(value: unknown): string | undefined {
  return typeof value === "boolean" ? undefined : "true or false";
}

function isText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? undefined : "a text";
}

function isObject(value: unknown): string | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? undefined : "an object";
}

function isShare(value: unknown): string | undefined {
  return typeof value === "number" && value >= 0 && value <= 1 ? undefined : "a number from 0 to 1";
}

function isTimes(value: unknown): string | undefined {
  return value === "always" || wholeNumber(1, 1_000_000)(value) === undefined ? undefined : 'a count, or "always"';
}

function isRetryAfter(value: unknown): string | undefined {
  const seconds = isObject(value) === undefined ? (value as { date_in?: unknown }).date_in : value;
  const fits = typeof seconds === "number" && seconds >= 0 && seconds <= 86_400;
  return fits ? undefined : 'seconds, or { "date_in": seconds }';
}

function wholeNumber(least: number, most: number): Check {
  return (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : `a whole number from ${least} to ${most}`;
}

function oneOf(...values: readonly string[]): Check {
  return (value) => (values.includes(String(value)) ? undefined : values.map((word) => `"${word}"`).join(" or "));
}

function faultsError(name: string, place: string, expected: string): Error {
  return sandboxError({
    code: "sandbox.faults",
    message: `The file of faults \`${name}\` is not valid${place && ` at \`${place}\``}: expected ${expected}.`,
    suggestion: "docs/sandbox.md lists the faults and what each takes.",
  });
}
