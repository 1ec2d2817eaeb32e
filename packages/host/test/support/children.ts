import { spawn } from "node:child_process";
import type { ChildProcess, ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { onTestFinished } from "vitest";

/** A second process with one of the tasks of `child.ts`. */
export interface Child {
  /** Lets it begin. */
  start(): void;
  /** The next line that it prints. */
  line(): Promise<string>;
  kill(): Promise<void>;
}

/** Makes one JavaScript file of `child.ts`, since Node 20 runs no TypeScript, where our dependencies can be found. */
export async function buildChild(): Promise<{ readonly file: string; remove(): Promise<void> }> {
  const packageDir = fileURLToPath(new URL("../..", import.meta.url));
  const dir = await mkdtemp(join(packageDir, "node_modules", ".child-"));
  await build({
    configFile: false,
    logLevel: "silent",
    root: packageDir,
    resolve: { conditions: ["@inlay/source"] },
    ssr: {
      noExternal: [/^@inlay\//],
      external: ["libsql", "kysely", "undici"],
      resolve: { conditions: ["@inlay/source"] },
    },
    build: { ssr: join(packageDir, "test/support/child.ts"), outDir: dir, target: "node20", emptyOutDir: false },
  });
  return { file: join(dir, "child.js"), remove: () => rm(dir, { recursive: true, force: true }) };
}

/** Starts a process with a task; it waits until it is told to begin, and ends with the test. */
export async function startChild(file: string, task: string, target: string): Promise<Child> {
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(process.execPath, [file, task, target], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const line = async (): Promise<string> => String((await lines.next()).value);
  const kill = (): Promise<void> => end(child);
  onTestFinished(kill);
  await line();
  return { line, kill, start: () => void child.stdin.write("go\n") };
}

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
