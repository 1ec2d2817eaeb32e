import { EngineError } from "@inlay/engine";

/** Options as they come from the command line: texts are always lists, flags are booleans or absent. */
export type RawOptions = Readonly<Record<string, unknown>>;

export function usageError(
  message: string,
  details: { readonly expected?: string; readonly received?: string; readonly suggestion?: string } = {},
): EngineError {
  return new EngineError({ code: "usage.invalid", message, ...details });
}

/** Every value of an option that may be given several times. */
export function texts(options: RawOptions, name: string): readonly string[] {
  const value = options[name];
  const values = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return values.filter((item) => item !== undefined).map(String);
}

/** The value of an option that may be given once. */
export function text(options: RawOptions, name: string): string | undefined {
  const values = texts(options, name);
  if (values.length > 1) throw usageError(`--${name} may be given once.`, { received: values.join(", ") });
  return values[0];
}

/** A whole number from 0 to `most`. */
export function wholeNumber(options: RawOptions, name: string, flag: string, most: number): number | undefined {
  const value = text(options, name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value.trim() !== "" && Number.isInteger(number) && number >= 0 && number <= most) return number;
  throw usageError(`${flag} takes a whole number.`, { expected: `0 to ${most}`, received: value });
}

export function flag(options: RawOptions, name: string): boolean {
  return options[name] === true;
}
