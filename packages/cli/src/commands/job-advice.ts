import { relative } from "node:path";
import type { ErrorData } from "@inlay/engine";

/** An error whose suggestion's `inlay jobs …` commands name the run's workspace, unless it is the current folder. */
export function withWorkspace(error: ErrorData, workspace: string): ErrorData {
  if (error.suggestion === undefined) return error;
  const option = workspaceOption(workspace);
  return { ...error, suggestion: error.suggestion.replaceAll(/(?<=`)inlay jobs[^`]*/g, (command) => command + option) };
}

/**
 * What became of remote jobs that did not simply succeed or fail, a line each: the person must know, because it may cost
 * money.
 */
export function jobLines(errors: readonly ErrorData[], workspace: string): readonly string[] {
  return errors.flatMap(({ node, ending, requestId, suggestion }) => {
    if (ending === undefined || ending === "failed") return [];
    const request = requestId === undefined ? "" : ` (request ${requestId})`;
    const head = `  the job of \`${node}\` is ${ending}${request}`;
    if (ending === "detached")
      return [`${head}: it goes on, and is billed if jobs cost money; run the workflow again to collect its result`];
    if (ending !== "unknown" || suggestion?.includes("`inlay jobs")) return [head];
    return [`${head}: see \`inlay jobs${workspaceOption(workspace)}\``];
  });
}

/** Ready to paste behind a command. */
function workspaceOption(workspace: string): string {
  const near = relative(process.cwd(), workspace);
  if (near === "") return "";
  const path = near.startsWith("..") ? workspace : near;
  return ` --workspace ${/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`}`;
}
