import { EngineError, isJsonObject } from "@inlay/engine";
import type { CallerValue, FileRef, JsonValue, NamedInput, Workflow } from "@inlay/engine";
import type { Host } from "../open-host.ts";

/** The kinds of named inputs that take a file. */
const fileTypes: ReadonlySet<NamedInput["type"]> = new Set(["image", "mask", "file"]);

/**
 * The values of a workflow's named inputs as a caller over HTTP gives them, ready for the engine: files are
 * `{ "$file": path in the workspace }`, the path alone, or `{ "$artifact": sha256, "name": … }` of an upload; nothing
 * outside of the workspace can be named. Names that the workflow does not know are left to the engine.
 *
 * Fails with `file.*`, `artifact.missing` or `input.type`.
 */
export async function callerValues(
  { inputs }: Workflow,
  given: { readonly [name: string]: JsonValue },
  host: Host,
): Promise<Record<string, CallerValue>> {
  const values: Record<string, CallerValue> = {};
  for (const [name, value] of Object.entries(given)) {
    const declared = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
    values[name] = declared && fileTypes.has(declared.type) ? await fileOf(name, value, host) : value;
  }
  return values;
}

async function fileOf(name: string, value: JsonValue, { services, artifacts }: Host): Promise<FileRef> {
  const path = typeof value === "string" ? value : isJsonObject(value) ? value["$file"] : undefined;
  if (typeof path === "string") return services.resolveFile(path);
  const sha256 = isJsonObject(value) ? value["$artifact"] : undefined;
  if (!isJsonObject(value) || typeof sha256 !== "string") {
    throw new EngineError({
      code: "input.type",
      message: `The named input \`${name}\` takes a file.`,
      input: name,
      expected: '{ "$file": "path in the workspace" } or { "$artifact": "sha256" }',
      received: JSON.stringify(value).slice(0, 100),
    });
  }
  // Missing bytes are told before the run.
  const { byteLength } = await artifacts.get(sha256);
  const given = value["name"];
  return { kind: "file", name: typeof given === "string" ? given : sha256.slice(0, 12), sha256, size: byteLength };
}
