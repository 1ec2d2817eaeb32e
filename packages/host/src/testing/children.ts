import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { onTestFinished } from "vitest";

/** A real process that does nothing until it is killed. It ends with the test. */
export async function idleProcess(): Promise<{ readonly pid: number; kill(): Promise<void> }> {
  const child = spawn("sleep", ["600"], { stdio: "ignore" });
  await once(child, "spawn");
  const kill = (): Promise<void> => end(child);
  onTestFinished(kill);
  return { pid: child.pid ?? 0, kill };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}
