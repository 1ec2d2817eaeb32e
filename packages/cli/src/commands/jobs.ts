import { resolve } from "node:path";
import { openHost, type SqliteJournal } from "@inlay/host";
import { ExitCode } from "../exit-code.ts";
import { table } from "../terminal/table.ts";
import { flag, text, usageError, type RawOptions } from "./options.ts";

/** `inlay jobs`: the remote jobs that a workspace knows, and the two decisions that only a person can make. */
export async function jobsCommand(
  action: string | undefined,
  ids: readonly string[],
  options: RawOptions,
): Promise<number> {
  const host = await openHost({ workspace: resolve(text(options, "workspace") ?? ".") });
  try {
    // Asking a workspace that never paid for anything makes no journal.
    const journal = (await host.hasJournal()) ? await host.journal() : undefined;
    if (action === undefined || action === "list") return list((await journal?.list()) ?? [], flag(options, "json"));
    const [key, requestId] = ids;
    if (action === "forget" && key !== undefined)
      return said(await journal?.forget(key), `The next run may submit ${key} again, and it may be paid twice.`, key);
    if (action === "attach" && key !== undefined && requestId !== undefined)
      return said(await journal?.attach(key, requestId), `The next run collects ${requestId}.`, key);
    throw usageError("`inlay jobs` takes nothing, `list`, `attach KEY REQUEST_ID` or `forget KEY`.", {
      received: [action, ...ids].join(" "),
    });
  } finally {
    await host.close();
  }
}

type Jobs = Awaited<ReturnType<SqliteJournal["list"]>>;

function list(jobs: Jobs, json: boolean): number {
  if (json) process.stdout.write(`${JSON.stringify(jobs, null, 2)}\n`);
  else process.stdout.write(inWords(jobs) || "No remote jobs.\n");
  return ExitCode.succeeded;
}

function inWords(jobs: Jobs): string {
  return table(
    jobs.map(({ key, state, requestId, updatedAt, message, model }) => [
      key,
      state,
      requestId ?? "–",
      new Date(updatedAt).toISOString(),
      message ?? model,
    ]),
  );
}

function said(done: boolean | undefined, sentence: string, key: string): number {
  if (!done)
    throw usageError(`No job ${key} is in a state that this could change.`, {
      suggestion: "`inlay jobs` shows keys and states.",
    });
  process.stdout.write(`${sentence}\n`);
  return ExitCode.succeeded;
}
