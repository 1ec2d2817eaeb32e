import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { RunEvent } from "@inlay/engine";
import { onTestFinished } from "vitest";

const bin = fileURLToPath(new URL("../../packages/cli/bin/inlay.js", import.meta.url));

export interface CliOptions {
  /** The current folder of the command. */
  readonly cwd: string;
  /** Added to an environment that knows no service and no token. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called with each line of standard output as it comes. */
  readonly onLine?: (line: string, child: ChildProcess) => void;
  /** Takes what ends the process: after the test, unless several share it. */
  readonly onEnd?: (work: () => void) => void;
}

export interface CliEnd {
  /** The exit code; null when a signal ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the built command, as a process of its own that does not outlive the test. */
export function startCli(
  args: readonly string[],
  { cwd, env, onLine, onEnd = onTestFinished }: CliOptions,
): StartedCli {
  const child = spawn(process.execPath, [bin, ...args], { cwd, env: { ...bareEnvironment(), ...env } });
  onEnd(() => void child.kill("SIGKILL"));
  let stdout = "";
  let stderr = "";
  let seen = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    for (let end = stdout.indexOf("\n", seen); end >= 0; end = stdout.indexOf("\n", seen)) {
      const line = stdout.slice(seen, end);
      seen = end + 1;
      onLine?.(line, child);
    }
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = new Promise<CliEnd>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

export interface StartedCli {
  readonly child: ChildProcess;
  readonly ended: Promise<CliEnd>;
}

/** Runs the built command to its end. */
export function runCli(args: readonly string[], options: CliOptions): Promise<CliEnd> {
  return startCli(args, options).ended;
}

/** The events that `--json` wrote. */
export function eventsOf({ stdout }: CliEnd): RunEvent[] {
  const lines = stdout.split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as RunEvent);
}

/** The environment without anything that would name a service, a token or a setting of Inlay's. */
function bareEnvironment(): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(RUNCOMFY|INLAY|NODE_OPTIONS|VITEST)/.test(name));
  return Object.fromEntries(kept);
}
