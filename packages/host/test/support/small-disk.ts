import { execFileSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A real file system of one megabyte. */
export interface SmallDisk {
  readonly dir: string;
  makeReadOnly(): void;
}

/** Mounts a small disk that goes away with the test; undefined where we may not mount one. */
export function smallDisk(): SmallDisk | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return undefined;
  const dir = mkdtempSync(join(tmpdir(), "inlay-small-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", dir], { stdio: "ignore" });
  } catch {
    rmdirSync(dir);
    return undefined;
  }
  onTestFinished(() => {
    // SQLite's files stay open until the garbage collector has met its statements.
    execFileSync("umount", ["--lazy", dir]);
    rmdirSync(dir);
  });
  return { dir, makeReadOnly: () => execFileSync("mount", ["-o", "remount,ro", dir]) };
}
