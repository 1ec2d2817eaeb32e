import { type JsonValue, type NamedInput, type Workflow } from "@inlay/engine";
import { usageError } from "./options.ts";

/**
 * The `--input name=value`s of a command line as values of the named inputs' types. Texts stay texts, paths stay paths;
 * a value that its type cannot be read from, or that no input has the name of, is left as text, so that the engine says
 * what is wrong.
 */
export function parseInputs(given: readonly string[], { inputs }: Workflow): Record<string, JsonValue> {
  const values: Record<string, JsonValue> = {};
  for (const pair of given) {
    const equals = pair.indexOf("=");
    if (equals <= 0)
      throw usageError("--input takes name=value.", { received: pair, expected: 'such as --input prompt="an apple"' });
    const name = pair.slice(0, equals);
    if (Object.hasOwn(values, name)) throw usageError(`--input ${name} was given twice.`, { received: pair });
    const declared = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
    const text = pair.slice(equals + 1);
    values[name] = declared ? parseValue(name, text, declared) : text;
  }
  return values;
}

function parseValue(name: string, text: string, { type, values }: NamedInput): JsonValue {
  switch (type) {
    case "integer":
    case "number":
      return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
    case "boolean":
      return text === "true" || text === "false" ? text === "true" : text;
    case "json":
      return parseJson(name, text);
    default:
      return values?.find((choice) => String(choice) === text) ?? text;
  }
}

function parseJson(name: string, text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    throw usageError(`The value of --input ${name} is not JSON.`, { received: text });
  }
}
