import { createHash } from "node:crypto";
import { realpath, rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sandboxError, type SandboxError } from "./sandbox-error.ts";

/**
 * Takes a folder for this process alone, so that no two sandboxes work on the same jobs. The hold is a local socket that
 * somebody listens on: unlike a file with a process id in it, it is let go of by the operating system after `kill -9`.
 *
 * @returns a function that lets go of the folder.
 * @throws `sandbox.in-use` when a live process holds it.
 */
export async function holdFolder(dir: string): Promise<() => Promise<void>> {
  const path = socketPath(await realpath(dir));
  const server = (await listen(path)) ?? (await takeOver(path));
  if (server === undefined) throw inUse(dir);
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

function inUse(dir: string): SandboxError {
  return sandboxError({
    code: "sandbox.in-use",
    message: `Another sandbox is running in the folder \`${dir}\`.`,
    suggestion: "Wait until it has ended, or use another workspace.",
  });
}

/** A short path outside the folder, because the paths of sockets are limited to about a hundred characters. */
function socketPath(dir: string): string {
  const name = `inlay-sandbox-${createHash("sha256").update(dir).digest("hex").slice(0, 24)}`;
  return process.platform === "win32" ? `\\\\?\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

/** Removes the socket of a process that is gone and listens in its place. */
async function takeOver(path: string): Promise<Server | undefined> {
  if (await someoneListens(path)) return undefined;
  await rm(path, { force: true });
  return listen(path);
}

/** A server on that path, or undefined if the path is taken. */
async function listen(path: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(undefined) : reject(error),
    );
    server.listen(path, () => resolve(server));
  });
}

async function someoneListens(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
