import type { ErrorData, RunStatus } from "@inlay/engine";

/** The exit codes of the command, the same for every subcommand. */
export const ExitCode = {
  succeeded: 0,
  internal: 1,
  /** Invalid workflow, input or usage. */
  invalid: 2,
  nodeFailed: 3,
  /** Budget or confirmation. */
  money: 4,
  /** A remote job is unknown or detached although nobody cancelled the run: it may cost money, and a person must decide. */
  undecided: 5,
  /** By a signal, whatever became of its remote jobs: what is known of them is on standard error. */
  cancelled: 130,
} as const;

/** Codes that, without a node, say that workflow, inputs, settings or workspace cannot be used as they are. */
const invalid =
  /^((server|auth|workflow|named-input|input|target|from|again|pin|asset|file|secret|workspace|sandbox|usage|jobs|config|pack|model|journal|artifact|disk|url|picture)\.|remote\.(config|service)$)/;

/** The exit code of a run that has ended. A cancelled run is only that; of failures the most expensive one wins. */
export function exitCodeOf(status: RunStatus, errors: readonly ErrorData[]): number {
  if (status === "succeeded") return ExitCode.succeeded;
  if (status === "cancelled") return ExitCode.cancelled;
  if (errors.some(({ ending }) => ending === "unknown" || ending === "detached")) return ExitCode.undecided;
  if (errors.some(({ code }) => code.startsWith("money/"))) return ExitCode.money;
  if (errors.some((error) => error.node !== undefined && !isMissingFile(error))) return ExitCode.nodeFailed;
  return errors.some(({ code }) => invalid.test(code)) ? ExitCode.invalid : ExitCode.internal;
}

/** A file or address that a field names could not be had before anything ran: no node of a type had its turn. */
function isMissingFile({ code, nodeType }: ErrorData): boolean {
  return nodeType === undefined && /^(file|asset|url)\./.test(code);
}
