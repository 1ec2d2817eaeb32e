import type { Findings } from "../diagnostics/findings.ts";
import type { NodeCatalog } from "../node/description.ts";
import { own } from "./own.ts";
import type { Workflow } from "./workflow.ts";

/** Warns about packs that the file names and that are absent or of a version that does not fit. */
export function checkPacks(workflow: Workflow, catalog: NodeCatalog, findings: Findings): void {
  for (const [name, range] of Object.entries(workflow.packs)) {
    const installed = own(catalog.packs, name)?.version;
    if (installed !== undefined && fits(installed, range)) continue;
    findings.add(
      {
        severity: "warning",
        code: installed === undefined ? "pack.missing" : "pack.mismatch",
        message: `The workflow was made with \`${name}\` ${range}.`,
        expected: range,
        received: installed ?? "no such pack",
        suggestion: installed === undefined ? `Install ${name}.` : `Install ${name}@${range}.`,
      },
      "packs",
      name,
    );
  }
}

type Version = readonly [major: number, minor: number, patch: number];

/** Compares as `^` does, whatever the range begins with. What is not a version is not compared. */
function fits(installed: string, range: string): boolean {
  const have = versionIn(installed);
  const want = versionIn(range);
  if (!have || !want) return true;
  if (have[0] !== want[0]) return false;
  if (have[1] !== want[1]) return want[0] > 0 && have[1] > want[1];
  return have[2] >= want[2];
}

function versionIn(text: string): Version | undefined {
  const match = /(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?/.exec(text);
  return match ? [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)] : undefined;
}
