import { parseArgs, type ParseArgsConfig } from "node:util";
import { suggestName } from "@inlay/engine";
import { usageError, type RawOptions } from "./commands/options.ts";

/** An option of a command, such as `--out <dir>`. */
export interface CommandOption {
  /** Without the dashes. */
  readonly name: string;
  /** One letter that stands for it behind a single dash. */
  readonly short?: string;
  /** What its value is, as help shows it: `<dir>`. Absent for a flag. */
  readonly value?: string;
  readonly help: string;
}

/** A command: what it takes, and what it does. */
export interface Command {
  readonly name: string;
  /** Its arguments as help shows them: `<file>`, `[type]`. */
  readonly usage: string;
  /** How many arguments it takes. */
  readonly least: number;
  readonly most: number;
  readonly summary: string;
  readonly options: readonly CommandOption[];
  /** Answers with the exit code. */
  readonly run: (args: readonly string[], options: RawOptions) => Promise<number>;
}

/** A command's arguments and options; `help` when they ask for it. */
export interface CommandLine {
  readonly args: readonly string[];
  readonly options: RawOptions;
  readonly help: boolean;
}

/**
 * Reads what stands behind a command's name. Values stay the texts that the person wrote: a folder `007` is not 7.
 * Fails with `usage.invalid` for an unknown option, a missing or an empty value, and too few or too many arguments.
 */
export function parseCommandLine(command: Command, argv: readonly string[]): CommandLine {
  const { values, positionals } = parseStrictly(command, argv);
  const { help, ...options } = values;
  if (help === true) return { args: [], options, help };
  for (const [name, texts] of Object.entries(options)) {
    if (Array.isArray(texts) && texts.includes("")) throw usageError(`--${name} has an empty value.`);
  }
  const { name, usage, least, most } = command;
  const expected = `inlay ${name} ${usage}`.trim();
  if (positionals.length < least) throw usageError(`\`inlay ${name}\` takes ${usage}.`, { expected });
  if (positionals.length > most) throw usageError(`\`inlay ${name}\` takes no \`${positionals[most]}\`.`, { expected });
  return { args: positionals, options, help: false };
}

function parseStrictly(command: Command, argv: readonly string[]) {
  const options: NonNullable<ParseArgsConfig["options"]> = { help: { type: "boolean", short: "h" } };
  for (const { name, short, value } of command.options) {
    const kind = value === undefined ? ({ type: "boolean" } as const) : ({ type: "string", multiple: true } as const);
    options[name] = { ...kind, ...(short !== undefined && { short }) };
  }
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw explained(error, command);
  }
}

/** Node's own sentences say what is wrong; only an unknown option can be said better, with the one that was meant. */
function explained(error: unknown, { name, options }: Command): Error {
  const text = error instanceof Error ? error.message : String(error);
  const [, unknown] = /^Unknown option '(-+[^']*)'/.exec(text) ?? [];
  if (unknown === undefined) return usageError(text.replaceAll("\n", " ").replace(/[.]?$/, "."));
  const nearest = suggestName(unknown.replace(/^-+/, ""), [...options.map((option) => option.name), "help"]);
  return usageError(`\`inlay ${name}\` has no option \`${unknown}\`.`, {
    suggestion: nearest === undefined ? `\`inlay ${name} --help\` lists them.` : `Did you mean \`--${nearest}\`?`,
  });
}

/** The help of one command. */
export function commandHelp({ name, usage, summary, options }: Command): string {
  const help: CommandOption = { name: "help", short: "h", help: "Show this" };
  const rows = [...options, help].map((option): [string, string] => [
    [option.short === undefined ? "" : `-${option.short},`, "--" + option.name, option.value ?? ""]
      .filter(Boolean)
      .join(" "),
    option.help,
  ]);
  return `inlay ${name} ${usage}\n\n${summary}\n\nOptions\n${aligned(rows)}`;
}

/** The help of the whole program. */
export function programHelp(commands: readonly Command[]): string {
  const rows = commands.map(({ name, usage, summary }): [string, string] => [`${name} ${usage}`.trim(), summary]);
  return `inlay <command> [options]\n\nCommands\n${aligned(rows)}\n\`inlay <command> --help\` shows a command's options.\n`;
}

/** A longer left side has its text on the next line. */
const widestLeft = 24;

function aligned(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length).filter((length) => length <= widestLeft));
  const gap = (left: string): string =>
    left.length <= width ? " ".repeat(width - left.length) : `\n  ${" ".repeat(width)}`;
  return rows.map(([left, right]) => `  ${left}${gap(left)}  ${right}\n`).join("");
}
