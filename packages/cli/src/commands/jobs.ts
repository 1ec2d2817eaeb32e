import { resolve } from "node:path";
import { printable } from "@inlay/engine";
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
    if (action === undefined || action === "list") {
      const jobs = (await journal?.list()) ?? [];
      return list(jobs, flag(options, "json"), host.workspace.dir);
    }
    const [given, requestId] = ids;
    const key = given === undefined ? undefined : wholeKey(given, (await journal?.list()) ?? []);
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

/** The shortest beginning of a key that stands for the whole. */
const shortestPrefix = 8;

/** The key that a person wrote whole or only the beginning of; what fits none is left as it is. */
function wholeKey(given: string, jobs: Jobs): string {
  const keys = jobs.map(({ key }) => key);
  if (keys.includes(given) || given.length < shortestPrefix) return given;
  const [found, ...more] = keys.filter((key) => key.startsWith(given));
  if (more.length === 0) return found ?? given;
  throw usageError(`${more.length + 1} jobs have a key that begins with ${given}.`, {
    received: given,
    suggestion: "Give more of the key.",
  });
}

function list(jobs: Jobs, json: boolean, folder: string): number {
  if (json) process.stdout.write(`${JSON.stringify(jobs, null, 2)}\n`);
  else process.stdout.write(inWords(jobs) || nothingIn(folder));
  return ExitCode.succeeded;
}

/** A run keeps its jobs in its file's folder, which may be another one. */
function nothingIn(folder: string): string {
  return `No remote jobs in ${printable(folder)}. Another workspace, such as a workflow file's folder: --workspace <dir>\n`;
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
