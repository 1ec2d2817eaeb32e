import { readFileSync } from "node:fs";
import { packageRoot } from "./package-root.ts";

/** The version in package.json. */
export function packageVersion(): string {
  const text = readFileSync(new URL("package.json", packageRoot), "utf8");
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === "object" && parsed !== null && "version" in parsed ? String(parsed.version) : "unknown";
}
