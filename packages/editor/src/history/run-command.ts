import { isJsonObject, type JsonValue, type MetadataLevel } from "@inlay/engine";

/** What of a run its command and its code say. */
export interface RepeatedRun {
  readonly workflow: { readonly file?: string | undefined };
  readonly inputs: { readonly [name: string]: JsonValue };
  readonly targets?: readonly string[] | undefined;
  readonly from?: readonly string[] | undefined;
  readonly service?: "runcomfy" | "sandbox" | undefined;
  readonly maxPaid?: number | undefined;
  readonly budgetUsd?: number | undefined;
  readonly failFast?: boolean | undefined;
  readonly metadata?: MetadataLevel | undefined;
}

/** What a run of a workflow that was never saved is called in commands: the person saves it under this name. */
const unsavedName = "workflow.json";

/** What the library is called. */
const library = "inlay";

/** The command that runs the same with the same inputs, in the workspace's folder. */
export function runCommand(run: RepeatedRun): string {
  const words = ["inlay run", quoted(fileOf(run)), "--workspace ."];
  for (const [name, value] of Object.entries(run.inputs)) {
    const given = callerValue(value);
    words.push(`--input ${quoted(`${name}=${typeof given === "string" ? given : JSON.stringify(given)}`)}`);
  }
  for (const target of run.targets ?? []) words.push(`--target ${quoted(target)}`);
  for (const node of run.from ?? []) words.push(`--from ${quoted(node)}`);
  if (run.service === "sandbox") words.push("--sandbox");
  if (run.maxPaid !== undefined) words.push(`--max-paid ${run.maxPaid}`);
  if (run.budgetUsd !== undefined) words.push(`--budget ${run.budgetUsd}`);
  if (run.failFast) words.push("--fail-fast");
  if (run.metadata !== undefined) words.push(`--metadata ${run.metadata}`);
  return words.join(" ");
}

/** The library call that runs the same, for a program in the workspace's folder. */
export function libraryCode(run: RepeatedRun): string {
  const { targets, from, maxPaid, budgetUsd, failFast, metadata } = run;
  const inputs = Object.fromEntries(Object.entries(run.inputs).map(([name, value]) => [name, callerValue(value)]));
  const options = { targets, from, maxPaid, budgetUsd, failFast, metadata };
  const last = [
    Object.keys(inputs).length > 0 || hasValue(options) ? literal(inputs) : "",
    hasValue(options) ? literal(options) : "",
  ];
  const args = [JSON.stringify(fileOf(run)), ...last.filter(Boolean)].join(", ");
  const workspace = run.service === "sandbox" ? '{ workspace: ".", sandbox: true }' : '{ workspace: "." }';
  return [
    `import { openInlay } from ${JSON.stringify(library)};`,
    "",
    `const inlay = await openInlay(${workspace});`,
    "try {",
    `  const outputs = await inlay.run(${args});`,
    "  console.log(Object.keys(outputs));",
    "} finally {",
    "  await inlay.close();",
    "}",
    "",
  ].join("\n");
}

/** The request that runs the same on a server; the token stays in the shell's variable. */
export function curlCommand(run: RepeatedRun, origin: string): string {
  const { workflow, inputs, targets, from, service, maxPaid, budgetUsd, failFast, metadata } = run;
  const limits = { maxPaid, budgetUsd, failFast };
  const request = { file: workflow.file ?? unsavedName, inputs, targets, from, service, ...limits, metadata };
  return [
    `curl ${quoted(`${origin}/api/runs?wait=60`)}`,
    '-H "Authorization: Bearer $INLAY_TOKEN"',
    "-H 'Content-Type: application/json'",
    `-d ${quoted(JSON.stringify(request))}`,
  ].join(" \\\n  ");
}

function fileOf({ workflow }: RepeatedRun): string {
  return workflow.file ?? unsavedName;
}

/** What a caller gives for a picture is its path; one that was handed in lies in the workspace under its SHA-256. */
function callerValue(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(callerValue);
  if (!isJsonObject(value)) return value;
  const { $file: file, $artifact: sha256 } = value;
  if (typeof file === "string") return file;
  return typeof sha256 === "string" ? `.inlay/artifacts/${sha256.slice(0, 2)}/${sha256}` : value;
}

function hasValue(options: object): boolean {
  return Object.values(options).some((value) => value !== undefined);
}

/** An object as one writes it in code: names without quotes where they need none. */
function literal(value: object): string {
  return JSON.stringify(value)
    .replaceAll(/"([A-Za-z_$][\w$]*)":/g, (whole, name: string, at: number, text: string) =>
      isInString(text, at) ? whole : `${name}: `,
    )
    .replaceAll(/^\{(.+)\}$/gs, "{ $1 }");
}

/** Whether a place in JSON text lies within one of its strings. */
function isInString(text: string, at: number): boolean {
  let inside = false;
  for (let i = 0; i < at; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') inside = !inside;
  }
  return inside;
}

/** One word of a POSIX shell. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
