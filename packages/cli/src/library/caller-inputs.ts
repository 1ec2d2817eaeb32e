import { EngineError, type CallerValue, type JsonValue, type NamedInput, type Workflow } from "@inlay/engine";
import type { Host } from "@inlay/host";

/** The kinds of named inputs whose value is a path that the caller chose, anywhere on the machine. */
const fileInputTypes: ReadonlySet<NamedInput["type"]> = new Set(["image", "mask", "file"]);

/**
 * What a caller gave, ready for the engine: paths of files become artifacts of the workspace, other values stay.
 * Names that the workflow does not know are left for the engine, which says what was meant.
 */
export async function callerInputs(
  { inputs }: Workflow,
  given: Readonly<Record<string, unknown>>,
  host: Host,
): Promise<Record<string, CallerValue>> {
  const values: Record<string, CallerValue> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const declared = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
    values[name] =
      declared && fileInputTypes.has(declared.type) ? await importFile(name, value, host) : (value as JsonValue);
  }
  return values;
}

async function importFile(name: string, value: unknown, host: Host): Promise<CallerValue> {
  if (typeof value === "string") return host.importCallerFile(value);
  throw new EngineError({
    code: "input.type",
    message: `The named input \`${name}\` takes the path of a file.`,
    input: name,
    expected: "a path",
    received: typeof value,
  });
}
