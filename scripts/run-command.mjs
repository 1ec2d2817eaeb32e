import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The repository's root, with a trailing slash. */
export const root = fileURLToPath(new URL("../", import.meta.url));

/** Runs a program to its end with this terminal; a failure ends this process with the same status. */
export function runCommand(command, args, options = {}) {
  const { status, signal, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (error) throw error;
  if (signal) process.kill(process.pid, signal);
  if (status !== 0) process.exit(status ?? 1);
}

/** Runs a JavaScript program of an installed package, without a shell and without npx. */
export function runTool(path, args, options) {
  runCommand(process.execPath, [`${root}node_modules/${path}`, ...args], options);
}
