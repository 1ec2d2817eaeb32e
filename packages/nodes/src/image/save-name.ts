import { EngineError, suggestName, type RunInfo } from "@inlay/engine";

/** What a name template may hold: the run, and the number that makes the name free. */
export interface NameValues {
  readonly run: NamedRun;
  /** For `{n}`. */
  readonly number: number;
}

/** What of a run can stand in a name. */
type NamedRun = Pick<RunInfo, "id" | "workflow" | "inputs">;

/** Whether a template holds `{n}`, so that other numbers give other names. */
export function isNumbered(template: string): boolean {
  return template.includes("{n}");
}

/**
 * Fills in a file name's placeholders: `{workflow}`, `{inputs.NAME}`, `{inputs.NAME.stem}` (a file's name without its
 * ending), `{run}`, `{n}`. What is filled in can never make a folder or leave one; folders stand in the template.
 *
 * Errors: `save.placeholder` for an unknown placeholder, `save.name` for a path that is not inside the output folder.
 *
 * @example
 * fillName("{workflow}-{inputs.photo.stem}", values); // "Remove the spoon-coffee"
 */
export function fillName(template: string, values: NameValues): string {
  checkLiteral(template);
  const name = template.replaceAll(/\{([^{}]*)\}/g, (_whole, key: string) => sanitize(resolve(key, values)));
  if (name.split("/").some((part) => /^[. ]*$/.test(part))) throw badName(template);
  return name;
}

/** Absolute paths, `..`, backslashes, drive letters and control characters are refused before anything is filled in. */
function checkLiteral(template: string): void {
  const parts = template.split("/");
  // eslint-disable-next-line no-control-regex
  if (/[\\:\x00-\x1f\x7f]/.test(template) || parts.some((part) => part === "" || part === "." || part === ".."))
    throw badName(template);
}

function badName(template: string): EngineError {
  return new EngineError({
    code: "save.name",
    message: "The name is not a path inside the output folder.",
    input: "name",
    expected: "a name such as `{workflow}` or `folder/{inputs.photo.stem}`",
    received: template,
  });
}

function resolve(key: string, { run, number }: NameValues): string {
  if (key === "workflow") return run.workflow;
  if (key === "run") return run.id;
  if (key === "n") return String(number);
  const input = /^inputs\.([^.]+)(\.stem)?$/.exec(key);
  const value = input && Object.hasOwn(run.inputs, input[1]!) ? textOf(run.inputs[input[1]!]) : undefined;
  if (value === undefined) throw unknownPlaceholder(key, run);
  return input?.[2] ? stem(value) : value;
}

/** A file stands for its name, a scalar for itself; a list or an object has no short text. */
function textOf(value: RunInfo["inputs"][string] | undefined): string | undefined {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "object" || value === null || !("kind" in value)) return undefined;
  return value.kind === "file" && typeof value.name === "string" ? value.name : undefined;
}

/** `photo.of.mine.jpg` → `photo.of.mine`; a leading dot is no ending. */
function stem(name: string): string {
  return name.replace(/(?<=.)\.[^./\\]*$/, "");
}

function unknownPlaceholder(key: string, run: NamedRun): EngineError {
  const inputs = Object.keys(run.inputs).filter((name) => textOf(run.inputs[name]) !== undefined);
  const known = ["workflow", "run", "n", ...inputs.flatMap((name) => [`inputs.${name}`, `inputs.${name}.stem`])];
  const nearest = suggestName(key, known);
  return new EngineError({
    code: "save.placeholder",
    message: `The name has a placeholder \`{${key}}\` that stands for nothing.`,
    input: "name",
    expected: known.map((name) => `{${name}}`).join(", "),
    received: `{${key}}`,
    ...(nearest === undefined ? {} : { suggestion: `Did you mean \`{${nearest}}\`?` }),
  });
}

const maxPartLength = 80;

/** One part of a file name on every system: no separators, nothing that Windows refuses, no dots or spaces at the ends. */
function sanitize(value: string): string {
  const safe = value
    .normalize("NFC")
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}/\\:*?"<>|]/gu, "_")
    .trim();
  const short = Array.from(safe).slice(0, maxPartLength).join("");
  return short.replace(/^[. ]+/, "").replace(/[. ]+$/, "") || "_";
}
