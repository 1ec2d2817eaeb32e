import { spawn } from "node:child_process";
import { basename } from "node:path";
import { badPublisher, publishError } from "./publish-error.ts";
import type { Publisher } from "./publisher.ts";
import { storageUrl } from "./storage-call.ts";

/** A program of the person's own that puts a file somewhere. */
export interface CommandOptions {
  /** The program and its arguments; no shell is between. */
  readonly command: readonly string[];
  /** Its environment. Default: this process's, without RunComfy's token. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Milliseconds after which it is stopped. Default five minutes. */
  readonly timeout?: number | undefined;
}

const FIVE_MINUTES = 300_000;
/** Characters of its output that are read. */
const LONGEST_OUTPUT = 65_536;

/**
 * Publishes by a program: it gets the bytes on its standard input, and `INLAY_SHA256`, `INLAY_MIME` and `INLAY_TTL`
 * (seconds) in its environment, and writes the address as the first line of its standard output. It may look for the
 * file itself first: the same bytes come again when another run needs them.
 *
 * Throws `remote.config` for a command without a program.
 */
export function commandPublisher({ command, env = process.env, timeout = FIVE_MINUTES }: CommandOptions): Publisher {
  const [program, ...args] = command;
  if (program === undefined || program === "") throw badPublisher("command", "a program and its arguments");
  const label = `the command ${basename(program)}`;
  const inherited = Object.entries(env).filter(([name]) => !/^RUNCOMFY_(?:API_)?TOKEN$/.test(name));

  return {
    label,
    async publish(bytes, { sha256, mime, ttl }, signal) {
      signal?.throwIfAborted();
      const own = { INLAY_SHA256: sha256, INLAY_MIME: mime, INLAY_TTL: String(ttl) };
      const fail = (reason: string): Error => publishError({ label, reason, secrets: [] });
      const ended = await runProgram({ program, args, env: { ...Object.fromEntries(inherited), ...own } }, bytes, {
        timeout,
        signal,
      }).catch((error: unknown) => {
        signal?.throwIfAborted();
        throw fail(error instanceof Error ? error.message : String(error));
      });
      signal?.throwIfAborted();
      if (ended.code !== 0) throw fail(`it ended with ${ended.code ?? ended.signal}: ${lastLine(ended.stderr)}`);
      const [line = ""] = ended.stdout.trim().split(/\r?\n/);
      try {
        return { url: storageUrl(line.trim(), "answer").href, expiresAt: Date.now() + ttl * 1000 };
      } catch {
        throw fail("the first line that it wrote is not an https address");
      }
    },
  };
}

interface Program {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

function runProgram(
  { program, args, env }: Program,
  input: Uint8Array,
  { timeout, signal }: { readonly timeout: number; readonly signal: AbortSignal | undefined },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env,
      timeout,
      killSignal: "SIGKILL",
      windowsHide: true,
      ...(signal && { signal }),
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (stdout.length < LONGEST_OUTPUT) stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr = (stderr + text).slice(-LONGEST_OUTPUT)));
    child.on("error", reject);
    child.on("close", (code, killedBy) => resolve({ code, signal: killedBy, stdout, stderr }));
    // A program that does not read what it is given is free not to.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

function lastLine(text: string): string {
  return text.trim().split(/\r?\n/).at(-1) ?? "";
}
