import { catalogOf, printable, usd, type Preview, type PreviewNode, type Workflow } from "@inlay/engine";
import { ExitCode, exitCodeOf } from "../exit-code.ts";
import { openInlay } from "../library/open-inlay.ts";
import { loadWorkflow, requireValid } from "../load-workflow.ts";
import { explainErrorData } from "../terminal/explain-error.ts";
import { table } from "../terminal/table.ts";
import { parseInputs } from "./input-values.ts";
import { installedPacks } from "./installed-packs.ts";
import { flag, texts, workspaceOf, type RawOptions } from "./options.ts";

/** `inlay plan`: what a run would do, without doing it. Ends with the status with which the run would, as far as known. */
export async function planCommand(file: string, options: RawOptions): Promise<number> {
  const workspace = workspaceOf(file, options);
  const packs = await installedPacks(options, workspace);
  const workflow = requireValid(await loadWorkflow(file, catalogOf(packs)));
  const inputs = parseInputs(texts(options, "input"), workflow);
  const inlay = await openInlay({ workspace, sandbox: flag(options, "sandbox"), packs: packs.slice(1) });
  try {
    const [targets, from, again] = [texts(options, "target"), texts(options, "from"), texts(options, "again")];
    const preview = await inlay.plan(workflow, inputs, {
      ...(targets.length > 0 && { targets }),
      ...(from.length > 0 && { from }),
      ...(again.length > 0 && { again }),
    });
    for (const problem of preview.problems) process.stderr.write(`${explainErrorData(problem)}\n`);
    if (flag(options, "json")) process.stdout.write(`${JSON.stringify(preview, null, 2)}\n`);
    else process.stdout.write(inWords(preview, workflow));
    return preview.problems.length === 0 ? ExitCode.succeeded : exitCodeOf("failed", preview.problems);
  } finally {
    await inlay.close();
  }
}

function inWords(preview: Preview, { nodes }: Workflow): string {
  const shown = preview.nodes.filter(({ action }) => action !== "idle");
  const rows = shown.map((node) => [`  ${node.node}`, nodes[node.node]?.title ?? node.type, doing(node)]);
  return `${table(rows)}${rows.length > 0 ? "\n" : ""}${printable(sentence(preview))}\n`;
}

function doing({ action, execute, cached, from, paid, depends }: PreviewNode): string {
  switch (action) {
    case "pinned":
      return "pinned, does not run";
    case "cached":
      return `from the cache (${from ?? "memory"})${cached > 1 ? `, ${cached} results` : ""}`;
    case "unknown":
      return "shows on the way: a choice is made before it";
    case "idle":
      return "not needed";
    case "execute":
      return running({ execute, cached, paid, depends });
  }
}

function running({
  execute,
  cached,
  paid,
  depends,
}: Pick<PreviewNode, "execute" | "cached" | "paid"> & { depends: PreviewNode["depends"] }): string {
  if (depends === "list") return "runs for each item of a list, whose length shows on the way";
  const times = execute === 1 && cached === 0 ? "runs" : `runs ${execute} times`;
  const parts = [paid > 0 ? `${times}, paid` : times];
  if (cached > 0) parts.push(`${cached} from the cache`);
  if (depends === "expansion") parts.push("and expands to other nodes");
  return parts.join(", ");
}

/** Everything in one sentence or two: what runs, what is paid, and whether that is all. */
function sentence({ counts, isExact, estimateUsd }: Preview): string {
  const { execute, cached, paid, paidCached, pinned } = counts;
  const least = isExact ? "" : "At least ";
  const work = [`${least}${execute} to run`, `${cached} from the cache`, ...(pinned > 0 ? [`${pinned} pinned`] : [])];
  const price = estimateUsd === undefined || paid === 0 ? "" : `, for about ${usd(estimateUsd)}`;
  const all = paid + paidCached;
  const jobs = `${paid} of ${all} remote ${all === 1 ? "job" : "jobs"} will be paid, ${paidCached} from the cache${price}`;
  const money = all === 0 ? (isExact ? "nothing will be paid" : "no paid job is certain") : jobs;
  const rest = isExact ? "" : " What depends on lists and choices shows on the way.";
  return `${work.join(", ")}; ${money}.${rest}`;
}
