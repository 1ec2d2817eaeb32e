import type { Finding } from "../diagnostics/findings.ts";
import type { JsonObject } from "../json.ts";
import { describeValue } from "../schema/describe-schema.ts";
import { workflowVersion } from "./workflow.ts";

/**
 * One step of the file format: turns a file of version `from` into one of version `to = from + 1`.
 * Pure; needs nothing but the file, which it does not change. It must take any JSON object, well formed or not.
 */
export interface Migration {
  readonly from: number;
  readonly to: number;
  migrate(file: JsonObject): JsonObject;
}

/** The migrations that ship: none, as version 1 is the first. */
const shippedMigrations: readonly Migration[] = [];

/** Throws a `TypeError` unless the migrations form one gapless chain that ends at the current version. */
export function validateMigrations(migrations: readonly Migration[]): void {
  const first = workflowVersion - migrations.length;
  migrations.forEach(({ from, to }, index) => {
    if (from !== first + index || to !== from + 1) {
      throw new TypeError(`Migration ${from} → ${to} stands where ${first + index} → ${first + index + 1} belongs.`);
    }
  });
}

/** A file of the current version, or why it cannot be had. */
export type Migrated = { readonly file: JsonObject } | { readonly problem: Finding };

/** Brings a file to the current version, step by step. */
export function migrate(file: JsonObject, migrations: readonly Migration[] = shippedMigrations): Migrated {
  validateMigrations(migrations);
  const version = file["inlay"];
  const oldest = migrations[0]?.from ?? workflowVersion;
  if (typeof version !== "number" || !Number.isInteger(version) || version < oldest) {
    return { problem: invalidVersion(file, oldest) };
  }
  if (version > workflowVersion) return { problem: newerVersion(version) };
  const due = migrations.filter(({ from }) => from >= version);
  return { file: due.reduce((current, step) => ({ ...step.migrate(current), inlay: step.to }), file) };
}

function invalidVersion(file: JsonObject, oldest: number): Finding {
  return {
    code: "format.version-invalid",
    message: "The file's version is not one that Inlay has written.",
    expected: oldest === workflowVersion ? `${workflowVersion}` : `an integer from ${oldest} to ${workflowVersion}`,
    received: describeValue(file["inlay"]),
  };
}

function newerVersion(version: number): Finding {
  return {
    code: "format.version-newer",
    message: `The file was written by a newer Inlay: its format is ${version}, this Inlay reads up to ${workflowVersion}.`,
    suggestion: "Update Inlay.",
  };
}
