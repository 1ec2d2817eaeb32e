import type { FileRef, JsonValue, RunInfo } from "@inlay/engine";

/** What a saved picture says about how it was made. JSON. */
export interface PictureRecord {
  /** The version of this record. */
  readonly inlay: 1;
  /** The workflow file. */
  readonly workflow: JsonValue;
  /** The named inputs' values in that run; a file by its name and content. */
  readonly inputs?: { readonly [name: string]: JsonValue };
  /** The random seeds of that run, by the place where they stand. */
  readonly seeds?: { readonly [place: string]: number };
}

/**
 * The record of a run: `graph` is the workflow alone, `full` the values of that run too.
 *
 * It never holds what is nobody's business: a path of the machine (files are named without their folders), a token (a
 * workflow cannot hold one), or the query of a URL, where signatures stand.
 */
export function pictureRecord(run: RunInfo, level: "graph" | "full"): PictureRecord {
  const workflow = JSON.parse(withoutQueries(run.workflowText())) as JsonValue;
  if (level === "graph") return { inlay: 1, workflow };
  const inputs = Object.fromEntries(Object.entries(run.inputs).map(([name, value]) => [name, told(value)]));
  return { inlay: 1, workflow, inputs, seeds: run.seeds };
}

function told(value: JsonValue | FileRef): JsonValue {
  if (isFile(value)) return { name: value.name, sha256: value.sha256 };
  return JSON.parse(withoutQueries(JSON.stringify(value))) as JsonValue;
}

function isFile(value: JsonValue | FileRef): value is FileRef {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "file";
}

/** Works on JSON text: what ends a URL there is a blank, a quote, or the backslash of an escape. */
function withoutQueries(json: string): string {
  return json.replaceAll(/(https?:\/\/[^\s"\\?#]*)[?#][^\s"\\]*/gi, "$1");
}
