import { dirname, resolve } from "node:path";
import { EngineError } from "@inlay/engine";
import { parseByteSize } from "@inlay/host";

/** Options by name as they come from the command line: values are always lists of texts, flags are true or absent. */
export type RawOptions = Readonly<Record<string, unknown>>;

export function usageError(
  message: string,
  details: { readonly expected?: string; readonly received?: string; readonly suggestion?: string } = {},
): EngineError {
  return new EngineError({ code: "usage.invalid", message, ...details });
}

/** Every value of an option that may be given several times. */
export function texts(options: RawOptions, name: string): readonly string[] {
  const values = options[name];
  return Array.isArray(values) ? values.map(String) : [];
}

/** The value of an option that may be given once. */
export function text(options: RawOptions, name: string): string | undefined {
  const values = texts(options, name);
  if (values.length > 1) throw usageError(`--${name} may be given once.`, { received: values.join(", ") });
  return values[0];
}

/** A whole number from 0 to `most`. */
export function wholeNumber(options: RawOptions, name: string, most: number): number | undefined {
  const value = text(options, name);
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value) && Number(value) <= most) return Number(value);
  throw usageError(`--${name} takes a whole number.`, { expected: `0 to ${most}`, received: value });
}

/** A size such as `2GB`, in bytes. */
export function byteSize(options: RawOptions, name: string): number | undefined {
  const value = text(options, name);
  const bytes = value === undefined ? undefined : parseByteSize(value);
  if (value === undefined || bytes !== undefined) return bytes;
  throw usageError(`--${name} takes a size.`, { expected: "such as 20GB or 500MB", received: value });
}

/** One of some words. */
export function choice<Word extends string>(
  options: RawOptions,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const value = text(options, name);
  const found = words.find((word) => word === value);
  if (value === undefined || found !== undefined) return found;
  throw usageError(`--${name} takes one of some words.`, { expected: words.join(", "), received: value });
}

/** An amount of US dollars, such as `2.50` or `$2.50`. */
export function amount(options: RawOptions, name: string): number | undefined {
  const value = text(options, name);
  if (value === undefined) return undefined;
  if (/^\$?\d{1,9}(\.\d+)?$/.test(value)) return Number(value.replace("$", ""));
  throw usageError(`--${name} takes an amount of US dollars.`, { expected: "such as 2.50", received: value });
}

export function flag(options: RawOptions, name: string): boolean {
  return options[name] === true;
}

/** The workspace of a workflow file: `--workspace`, else the file's own folder. */
export function workspaceOf(file: string, options: RawOptions): string {
  return resolve(text(options, "workspace") ?? dirname(file));
}
