import { AsyncLocalStorage } from "node:async_hooks";
import { EngineError, errorData } from "@inlay/engine";

/** Code that is not ours, and how to end what it is doing. */
interface Watched {
  readonly type?: string;
  readonly file: string;
  fail?(error: Error): void;
}

const current = new AsyncLocalStorage<Watched>();

/** Every file that was watched: where an error was thrown says whose it is, when nothing else does. */
const files = new Set<string>();

/**
 * Runs a third party's code. An error that it throws later, in a timer or a promise that nobody awaits, rejects what is
 * returned, when `guardProcess` is on.
 */
export function watchStrayErrors<T>(
  code: { readonly type?: string; readonly file: string },
  work: () => Promise<T> | T,
): Promise<T> {
  files.add(code.file);
  return new Promise((resolve, reject) => {
    const begin = async (): Promise<T> => work();
    current.run({ ...code, fail: reject }, () => void begin().then(resolve, reject));
  });
}

let isGuarded = false;

/**
 * Keeps errors that a third party's code throws outside of any call from ending the process: the node that it belongs to
 * fails, and `onStray` is told. An error of our own still ends the process, with its message.
 */
export function guardProcess(onStray: (message: string) => void): void {
  if (isGuarded) return;
  isGuarded = true;
  const handle = (error: unknown): void => {
    const watched = current.getStore() ?? thrownIn(error);
    if (!watched) return end(error);
    const stray = strayError(watched, error);
    watched.fail?.(stray);
    onStray(`${stray.code}: ${stray.message}`);
  };
  process.on("uncaughtException", handle);
  process.on("unhandledRejection", handle);
}

function thrownIn(error: unknown): Watched | undefined {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const file = [...files].find((path) => stack.includes(path));
  return file === undefined ? undefined : { file };
}

function strayError({ type, file }: Watched, error: unknown): EngineError {
  const who = type === undefined ? `\`${file}\`` : `\`${type}\` (${file})`;
  return new EngineError({
    code: "node.stray-error",
    message: `${who} threw outside of its run, in a timer or a promise that nobody awaits: ${errorData(error).message}`,
    suggestion: "This is a fault of the node: it must await all that it starts.",
  });
}

function end(error: unknown): void {
  process.stderr.write(`error node.internal: ${errorData(error).message}\n`);
  process.exit(1);
}
