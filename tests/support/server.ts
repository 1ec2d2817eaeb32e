import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { startCli, type StartedCli } from "./cli.ts";

const token = "a-token-of-the-tests";

/** A built `inlay serve` as a process of its own. */
export interface ServedWorkspace {
  readonly url: string;
  readonly child: ChildProcess;
  readonly cli: StartedCli;
  /** The answer's JSON; throws what is no success. */
  // eslint-disable-next-line typescript/no-explicit-any
  api(method: string, path: string, body?: unknown): Promise<any>;
  /** The answer itself. */
  fetch(path: string, init?: Omit<RequestInit, "headers"> & { headers?: Record<string, string> }): Promise<Response>;
  /** Ends the process without warning. */
  kill(): Promise<void>;
}

/** Starts the server on a port of its own; it does not outlive the test, or what several tests share (`onEnd`). */
export async function serve(
  workspace: string,
  options: {
    readonly args?: readonly string[];
    readonly env?: Record<string, string>;
    readonly onEnd?: (work: () => void) => void;
  } = {},
): Promise<ServedWorkspace> {
  const args = options.args ?? [];
  const lines: string[] = [];
  let wake: () => void = () => undefined;
  const cli = startCli(
    ["serve", "--workspace", workspace, ...(args.includes("--port") ? [] : ["--port", "0"]), ...args],
    {
      cwd: workspace,
      env: { INLAY_TOKEN: token, ...options.env },
      ...(options.onEnd && { onEnd: options.onEnd }),
      onLine: (line) => {
        lines.push(line);
        wake();
      },
    },
  );
  const { child } = cli;
  while (lines.length === 0) {
    const started = new Promise<void>((resolve) => (wake = resolve));
    const ended = cli.ended.then(({ stderr }) => Promise.reject(new Error(stderr)));
    await Promise.race([started, ended]);
  }
  const url = new URL(lines[0]!).origin;
  const ask = (
    path: string,
    init: Omit<RequestInit, "headers"> & { headers?: Record<string, string> } = {},
  ): Promise<Response> =>
    fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
  return {
    url,
    child,
    cli,
    fetch: ask,
    async api(method, path, body) {
      const json =
        body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
      const response = await ask(path, { method, ...json });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return text === "" ? undefined : JSON.parse(text);
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}
