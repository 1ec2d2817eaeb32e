import { relative } from "node:path";
import type { ErrorData } from "@inlay/engine";
import { openHost } from "@inlay/host";

/**
 * What became of remote jobs that did not simply succeed or fail, a line each: the person must know, because it may cost
 * money. A job in doubt comes with the commands that decide about it, ready to paste.
 * @param workspace where the run kept its jobs; the commands name it unless it is the current folder
 */
export async function jobAdvice(errors: readonly ErrorData[], workspace: string): Promise<readonly string[]> {
  const undecided = errors.filter(({ ending }) => ending === "unknown");
  const keyOf = undecided.length > 0 ? await keyFinder(undecided.length, workspace) : () => undefined;
  return errors.flatMap((error) => {
    const { node, ending, requestId } = error;
    if (ending === undefined || ending === "failed") return [];
    const request = requestId === undefined ? "" : ` (request ${requestId})`;
    const head = `  the job of \`${node}\` is ${ending}${request}`;
    if (ending === "detached")
      return [`${head}: it goes on and will be billed; run the workflow again to collect its result`];
    return ending === "unknown" ? [`${head}: ${decisions(keyOf(error), workspace)}`] : [head];
  });
}

function decisions(key: string | undefined, workspace: string): string {
  const where = workspaceOption(workspace);
  const list = key === undefined ? `\`inlay jobs${where}\` shows its KEY. ` : "";
  const attach = `\`inlay jobs attach ${key ?? "KEY"} REQUEST_ID${where}\``;
  const forget = `\`inlay jobs forget ${key ?? "KEY"}${where}\``;
  return `${list}If RunComfy shows the request, ${attach}; if not, ${forget}, after which the next run may pay twice`;
}

/** Finds a job's key in the journal: by its request, or because there are no more jobs in doubt than this run has. */
async function keyFinder(expected: number, workspace: string): Promise<(error: ErrorData) => string | undefined> {
  const host = await openHost({ workspace, cacheBytes: 0 });
  try {
    const jobs = (await host.hasJournal()) ? await (await host.journal()).list() : [];
    const unknown = jobs.filter(({ state }) => state === "unknown");
    const only = expected === 1 && unknown.length === 1 ? unknown[0]?.key : undefined;
    return ({ requestId }) =>
      requestId === undefined ? only : (unknown.find((job) => job.requestId === requestId)?.key ?? only);
  } catch {
    // Advice must not hide what happened in the run.
    return () => undefined;
  } finally {
    await host.close();
  }
}

function workspaceOption(workspace: string): string {
  const near = relative(process.cwd(), workspace);
  if (near === "") return "";
  const path = near.startsWith("..") ? workspace : near;
  return ` --workspace ${/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`}`;
}
