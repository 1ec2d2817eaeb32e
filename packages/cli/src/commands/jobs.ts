import { relative, resolve } from "node:path";
import { errorData, printable, usd } from "@inlay/engine";
import { lazy, openHost, type CollectedJob, type Host, type JobDesk } from "@inlay/host";
import { ExitCode, exitCodeOf } from "../exit-code.ts";
import { explainErrorData } from "../terminal/explain-error.ts";
import { table } from "../terminal/table.ts";
import { startSandboxIn } from "../library/start-sandbox-in.ts";
import { withWorkspace } from "./job-advice.ts";
import { flag, text, usageError, type RawOptions } from "./options.ts";

/** `inlay jobs`: the remote jobs that a workspace knows, and the decisions that only a person can make. */
export async function jobsCommand(
  action: string | undefined,
  ids: readonly string[],
  options: RawOptions,
): Promise<number> {
  const workspace = resolve(text(options, "workspace") ?? ".");
  // Its jobs are here as well, and go on as soon as it runs.
  const sandbox = lazy(() => startSandboxIn(workspace));
  const host = await openHost({ workspace, ...(flag(options, "sandbox") && { sandbox: sandbox.get }) });
  try {
    return await decide(host, [action ?? "list", ...ids], options);
  } catch (error) {
    const data = errorData(error);
    process.stderr.write(`${explainErrorData(withWorkspace(data, workspace))}\n`);
    return exitCodeOf("failed", [data]);
  } finally {
    await host.close();
    await (await sandbox.made())?.close();
  }
}

async function decide(host: Host, [action, id, requestId]: readonly string[], options: RawOptions): Promise<number> {
  const { jobs } = host;
  if (action === "list" && id === undefined) return list(await jobs.list(), flag(options, "json"), host.workspace.dir);
  const isAll = flag(options, "all");
  if (action === "collect" && requestId === undefined && !(isAll && id !== undefined))
    return collect(host, id, flag(options, "json"));
  if (action === "attach" && id !== undefined && requestId !== undefined) {
    const { key } = await jobs.attach(id, requestId);
    return say(`The next run collects ${requestId}; so does \`inlay jobs collect ${key}\`.`);
  }
  if (action === "forget" && id !== undefined && requestId === undefined) {
    const { key } = await jobs.forget(id);
    return say(`The next run submits ${key} again, as a new job, which is billed if jobs cost money.`);
  }
  if (action === "resubmit" && id !== undefined && requestId === undefined) {
    const { key } = await jobs.resubmit(id, { mayPayTwice: flag(options, "may-pay-twice") });
    return say(`The next run submits ${key} again. If the first job exists, both are paid.`);
  }
  throw usageError(
    "`inlay jobs` takes nothing, `list`, `collect [ID]`, `collect --all`, `attach KEY REQUEST_ID`, `forget KEY` or `resubmit KEY`.",
    { received: [action, id, requestId].filter((part) => part !== undefined).join(" ") },
  );
}

type Jobs = Awaited<ReturnType<JobDesk["list"]>>;

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

/**
 * Collects one job, or all that the service has accepted and whose results are not here, at once: they share the
 * account's limiter. The worst ending counts.
 */
async function collect({ jobs, workspace }: Host, id: string | undefined, json: boolean): Promise<number> {
  const wanted = id === undefined ? await waiting(jobs) : [(await jobs.find(id)).key];
  if (wanted.length === 0) return say("There is nothing to collect.");
  const collectOne = async (key: string): Promise<number> => {
    try {
      const collected = await jobs.collect(key, ({ state, requestId }) => {
        if (state !== "fetching") process.stderr.write(`${requestId ?? key}: ${state}\n`);
      });
      tell(collected, json);
      return ExitCode.succeeded;
    } catch (error) {
      const data = errorData(error);
      process.stderr.write(`${explainErrorData(withWorkspace(data, workspace.dir))}\n`);
      return exitCodeOf("failed", [data.ending === undefined ? data : { node: key, ...data }]);
    }
  };
  return Math.max(...(await Promise.all(wanted.map(collectOne))));
}

async function waiting(jobs: JobDesk): Promise<readonly string[]> {
  const open = (await jobs.list()).filter(({ state }) => state === "submitted" || state === "detached");
  return open.map(({ key }) => key);
}

function tell(collected: CollectedJob, json: boolean): void {
  if (json) process.stdout.write(`${JSON.stringify(collected)}\n`);
  else for (const path of collected.paths) process.stdout.write(`${relative(process.cwd(), path)}\n`);
  const cost = collected.costUsd === undefined ? "" : `, paid ${usd(collected.costUsd)}`;
  process.stderr.write(`${collected.requestId}: collected${cost}; the next run of its workflow has it at once\n`);
}

function say(sentence: string): number {
  process.stdout.write(`${sentence}\n`);
  return ExitCode.succeeded;
}
