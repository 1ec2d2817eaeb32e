import {
  catalogOf,
  describeWorkflow,
  referenceOf,
  type JsonValue,
  printable,
  type WorkflowDescription,
} from "@inlay/engine";
import { ExitCode } from "../exit-code.ts";
import { loadWorkflow, requireValid } from "../load-workflow.ts";
import { table } from "../terminal/table.ts";
import { installedPacks } from "./installed-packs.ts";
import { flag, type RawOptions, workspaceOf } from "./options.ts";

/** `inlay describe`: the form of a workflow, its named inputs and outputs. */
export async function describeCommand(file: string, options: RawOptions): Promise<number> {
  const catalog = catalogOf(await installedPacks(options, workspaceOf(file, options)));
  const description = describeWorkflow(requireValid(await loadWorkflow(file, catalog)), catalog);
  const json = flag(options, "json");
  process.stdout.write(json ? `${JSON.stringify(description, null, 2)}\n` : inWords(description));
  return ExitCode.succeeded;
}

function inWords({ name, description, inputs, outputs }: WorkflowDescription): string {
  const rows = inputs.map((input) => [
    `  ${input.name}`,
    input.accepts + (input.unit === undefined ? "" : ` ${input.unit}`),
    input.required ? "required" : `default ${shown(input.default)}`,
    input.description ?? input.title ?? "",
  ]);
  const results = outputs.map((output) => [`  ${output.name}`, output.type, output.description ?? output.title ?? ""]);
  const head = [name ?? "workflow", description ?? ""].filter(Boolean).map(printable).join("\n");
  return `${head}\n\nInputs\n${table(rows) || "  none\n"}\nOutputs\n${table(results) || "  none\n"}`;
}

/** A default as its author thinks of it: a file by its path. */
function shown(value: JsonValue | undefined): string {
  const reference = value === undefined ? undefined : referenceOf(value);
  return reference?.kind === "file" ? reference.path : JSON.stringify(value);
}
