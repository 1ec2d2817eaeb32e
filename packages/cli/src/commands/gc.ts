import {
  cacheBytesOf,
  collectGarbage,
  formatByteSize,
  openWorkspace,
  readUserConfig,
  totalSize,
  type GarbageReport,
} from "@inlay/host";
import { ExitCode } from "../exit-code.ts";
import { byteSize, flag, text, type RawOptions } from "./options.ts";

/** `inlay gc`: makes room in what a workspace keeps on disk, or says what would go. */
export async function gcCommand(options: RawOptions): Promise<number> {
  const workspace = await openWorkspace({ dir: text(options, "workspace") ?? "." });
  const most = byteSize(options, "max") ?? cacheBytesOf(process.env, await readUserConfig(process.env));
  const dryRun = flag(options, "dry-run");
  const report = await collectGarbage({ workspace, above: most, downTo: most, paid: flag(options, "paid"), dryRun });
  const left = report.bytes - totalSize(report.removed);
  if (flag(options, "json")) process.stdout.write(`${JSON.stringify(asJson(report, left, dryRun), null, 2)}\n`);
  else process.stdout.write(`${inWords(report, left, dryRun)}\n`);
  // What stays is in use, named by a workflow, or was paid for.
  if (left > most) process.stderr.write(`${stays(left, most, flag(options, "paid"))}\n`);
  return ExitCode.succeeded;
}

function asJson({ bytes, removed }: GarbageReport, left: number, dryRun: boolean): object {
  return { dryRun, before: bytes, after: left, removed: removed.map(({ kind, name, size }) => ({ kind, name, size })) };
}

function inWords({ bytes, removed }: GarbageReport, left: number, dryRun: boolean): string {
  const kept = `${formatByteSize(bytes)} ${dryRun ? "would become" : "became"} ${formatByteSize(left)}`;
  if (removed.length === 0) return `Nothing to remove: ${formatByteSize(bytes)} are kept.`;
  const groups = (["result", "paid result", "collected result", "artifact"] as const).flatMap((kind) => {
    const files = removed.filter((file) => file.kind === kind);
    return files.length === 0
      ? []
      : [`${files.length} ${kind}${files.length === 1 ? "" : "s"} (${formatByteSize(totalSize(files))})`];
  });
  return `${dryRun ? "Would remove" : "Removed"} ${groups.join(", ")}: ${kept}.`;
}

function stays(left: number, most: number, paid: boolean): string {
  const why = paid
    ? "in use or named by a workflow"
    : "paid for (--paid removes them too), in use, or named by a workflow";
  return `${formatByteSize(left)} stay, more than ${formatByteSize(most)}: they are ${why}.`;
}
