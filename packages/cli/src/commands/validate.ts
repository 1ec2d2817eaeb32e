import { catalogOf, formatDiagnostic } from "@inlay/engine";
import { ExitCode } from "../exit-code.ts";
import { askRules, loadWorkflow } from "../load-workflow.ts";
import { installedPacks } from "./installed-packs.ts";
import { flag, type RawOptions, workspaceOf } from "./options.ts";

/** `inlay validate`: everything that can be said about a workflow without running it. */
export async function validateCommand(file: string, options: RawOptions): Promise<number> {
  const packs = await installedPacks(options, workspaceOf(file, options));
  const { path, diagnostics } = await askRules(await loadWorkflow(file, catalogOf(packs)), packs);
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  if (flag(options, "json")) process.stdout.write(`${JSON.stringify({ valid: errors === 0, diagnostics }, null, 2)}\n`);
  else {
    for (const diagnostic of diagnostics) process.stderr.write(`${formatDiagnostic(diagnostic, path)}\n`);
    process.stdout.write(
      errors === 0 ? `${path}: valid\n` : `${path}: ${errors} ${errors === 1 ? "error" : "errors"}\n`,
    );
  }
  return errors === 0 ? ExitCode.succeeded : ExitCode.invalid;
}
