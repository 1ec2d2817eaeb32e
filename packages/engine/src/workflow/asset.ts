import type { Findings } from "../diagnostics/findings.ts";
import { isJsonObject, type JsonValue } from "../json.ts";
import { describeValue } from "../schema/describe-schema.ts";
import { pathProblem, sha256Pattern } from "./names.ts";
import { badPath } from "./reference.ts";
import { type Check, integer, nonEmptyText, object, text } from "./structure.ts";

/** The most bytes that an asset may carry inside the workflow file: 256 KiB. Larger ones lie beside it. */
const maxAssetBytes = 256 * 1024;

const base64Pattern = /^[A-Za-z0-9+/]*={0,2}$/;

const checkFields = object({
  name: { check: nonEmptyText, required: true },
  mime: { check: nonEmptyText, required: true },
  size: { check: integer(0), required: true },
  path: { check: checkPath },
  data: { check: text },
});

/** Checks an asset's entry: its fields, and that `size` is the size of `data`. The host compares the SHA-256. */
export const checkAsset: Check = (value, findings) => {
  checkFields(value, findings);
  if (!isJsonObject(value)) return;
  const { name, size, path, data } = value;
  if (typeof name === "string" && /[/\\]/.test(name)) refuse(findings, "name", "a file name without folders", name);
  if ((path === undefined) === (data === undefined)) refuse(findings, "data", "either `path` or `data`", data);
  if (typeof data === "string") checkData(data, size, findings);
};

/** Checks an asset's key. */
export function checkAssetKey(key: string, findings: Findings): void {
  if (sha256Pattern.test(key)) return;
  findings.add({
    code: "format.bad-asset",
    message: "An asset's key is the SHA-256 of its bytes.",
    expected: "64 lower-case hexadecimal digits",
    received: describeValue(key),
  });
}

function checkPath(value: JsonValue, findings: Findings): void {
  text(value, findings);
  const problem = typeof value === "string" ? pathProblem(value) : undefined;
  if (problem !== undefined) findings.add(badPath(problem, value));
}

function checkData(data: string, size: JsonValue | undefined, findings: Findings): void {
  if (data.length % 4 !== 0 || !base64Pattern.test(data)) return refuse(findings, "data", "base64 with padding", data);
  const bytes = decodedLength(data);
  if (bytes > maxAssetBytes) refuse(findings, "data", `at most ${maxAssetBytes} bytes`, bytes);
  else if (typeof size === "number" && size !== bytes) refuse(findings, "size", `the size of \`data\`, ${bytes}`, size);
}

function decodedLength(base64: string): number {
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}

function refuse(findings: Findings, field: string, expected: string, received: JsonValue | undefined): void {
  findings.add(
    {
      code: "format.bad-asset",
      message: "An asset does not agree with its entry.",
      expected,
      received: describeValue(received),
    },
    field,
  );
}
