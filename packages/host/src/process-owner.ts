import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";

/** An owner that cannot be looked up counts as dead when it has not written for so long: a submit takes a minute. */
const doubtMs = 600_000;

/**
 * Names one instance of a process: its id, its start time, the machine's boot, the space that the id is valid in, and
 * chance. Process ids come again; such names do not.
 */
export function processOwner(pid: number): string {
  return [pid, startTime(pid) ?? "", bootId(), pidSpace(), randomBytes(6).toString("hex")].join(".");
}

/**
 * Whether the process instance that an owner's name stands for still runs.
 *
 * Sure on Linux, in one container or outside of any. Where nobody can tell (no `/proc`, another container), it runs
 * while its record is fresh: at most ten minutes old.
 * @param updatedAt when it last wrote, in milliseconds since 1970
 */
export function ownerRuns(owner: string, updatedAt: number): boolean {
  const [pid = "", started = "", boot, space] = owner.split(".");
  if (boot !== bootId()) return false;
  const mayRun = Date.now() - updatedAt < doubtMs;
  if (space !== pidSpace()) return mayRun;
  if (started !== "") return startTime(Number(pid)) === started;
  return exists(Number(pid)) && mayRun;
}

/** When a process started, in ticks since the boot; undefined for one that has ended and where there is no `/proc`. */
function startTime(pid: number): string | undefined {
  const stat = readOr(() => readFileSync(`/proc/${pid}/stat`, "latin1"), "");
  // The name before the last parenthesis may hold anything.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
}

/** Eight hex digits for the time since the machine was started; undefined where nobody can tell. */
export function bootMark(): string | undefined {
  return (
    bootId()
      .replaceAll(/[^0-9a-f]/g, "")
      .slice(0, 8) || undefined
  );
}

function bootId(): string {
  return readOr(() => readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim(), "");
}

function pidSpace(): string {
  return readOr(() => readlinkSync("/proc/self/ns/pid").replaceAll(/\D/g, ""), "");
}

function readOr(read: () => string, otherwise: string): string {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

/** Signal 0 only asks; a process of another person answers with EPERM. */
function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
