import { resolve } from "node:path";
import { openHost } from "@inlay/host";
import { ExitCode } from "../exit-code.ts";
import { table } from "../terminal/table.ts";
import { flag, text, usageError, type RawOptions } from "./options.ts";

/** `inlay jobs`: the remote jobs that a workspace knows, and the two decisions that only a person can make. */
export async function jobsCommand(
  action: string | undefined,
  ids: readonly string[],
  rawOptions: object,
): Promise<number> {
  const options = { ...rawOptions } as RawOptions;
  const host = await openHost({ workspace: resolve(text(options, "workspace") ?? ".") });
  try {
    if (!(await host.hasJournal())) return await list([], flag(options, "json"));
    const journal = await host.journal();
    if (action === undefined || action === "list") return await list(await journal.list(), flag(options, "json"));
    const [key, requestId] = ids.map(String);
    if (action === "forget" && key !== undefined)
      return said(await journal.forget(key), `The next run may submit ${key} again, and it may be paid twice.`, key);
    if (action === "attach" && key !== undefined && requestId !== undefined)
      return said(await journal.attach(key, requestId), `The next run collects ${requestId}.`, key);
    throw usageError("`inlay jobs` lists; it also takes `attach KEY REQUEST_ID` and `forget KEY`", {
      received: [action, ...ids].join(" "),
    });
  } finally {
    await host.close();
  }
}

type Jobs = Awaited<ReturnType<Awaited<ReturnType<Awaited<ReturnType<typeof openHost>>["journal"]>>["list"]>>;

async function list(jobs: Jobs, json: boolean): Promise<number> {
  if (json) process.stdout.write(`${JSON.stringify(jobs, null, 2)}\n`);
  else if (jobs.length === 0) process.stdout.write("No remote jobs.\n");
  else
    process.stdout.write(
      table(
        jobs.map((job) => [
          job.key,
          job.state,
          job.requestId ?? "–",
          new Date(job.updatedAt).toISOString(),
          job.message ?? job.model,
        ]),
      ),
    );
  return ExitCode.succeeded;
}

function said(done: boolean, sentence: string, key: string): number {
  if (!done)
    throw usageError(`No job ${key} is in a state that this could change`, {
      suggestion: "`inlay jobs` shows keys and states",
    });
  process.stdout.write(`${sentence}\n`);
  return ExitCode.succeeded;
}
