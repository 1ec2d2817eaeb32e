import type { Workspace } from "../workspace.ts";
import { collectGarbage } from "./collect-garbage.ts";
import type { StoredFile } from "./stored-files.ts";

/** Keeps what all processes store in one workspace within its size. */
export interface StorageBudget {
  /** Something was stored; room is made in the background when there may be too much. */
  added(bytes: number): void;
  /** Room for what the disk had none for, at the cost of results that only take time to make again. */
  makeRoom(bytes: number): Promise<void>;
  /** Resolves when no room is being made. */
  idle(): Promise<void>;
}

/** What others store is only seen by looking, so a process looks each time that it has stored this share of the budget. */
const lookEvery = 1 / 16;

/** So much of the budget stays when there was too much, so that not every write makes room. */
const leftAfter = 0.9;

/**
 * A budget of bytes for results and artifacts. Only results that took time go by themselves: what was paid for stays until a
 * person says otherwise (`inlay gc --paid`).
 * @param options.onRemoved told what has gone, so that an index can forget it
 * @param options.onFull told once when what stays is more than the budget
 */
export function storageBudget(options: {
  readonly workspace: Workspace;
  readonly maxBytes: number;
  readonly onRemoved?: (removed: readonly StoredFile[]) => void;
  readonly onFull?: (bytes: number) => void;
}): StorageBudget {
  const { workspace, maxBytes, onRemoved, onFull } = options;
  // The first to store something looks at what there is.
  let sinceLook = Number.POSITIVE_INFINITY;
  let known = 0;
  let looking: Promise<void> = Promise.resolve();
  let isAsked = false;
  /** There is more than may be, and nothing that may go. */
  let isFull = false;

  const collect = async (above: number, downTo: number): Promise<void> => {
    const { bytes, removed } = await collectGarbage({ workspace, above, downTo, paid: false });
    known = bytes - removed.reduce((sum, { size }) => sum + size, 0);
    sinceLook = 0;
    if (known > maxBytes && !isFull) onFull?.(known);
    isFull = known > maxBytes;
    if (removed.length > 0) onRemoved?.(removed);
  };
  const next = (work: () => Promise<void>): Promise<void> => (looking = looking.then(work, work));

  return {
    added(bytes) {
      known += bytes;
      sinceLook += bytes;
      // Where nothing may go, looking again after each write would find nothing again.
      if (isAsked || ((known <= maxBytes || isFull) && sinceLook < maxBytes * lookEvery)) return;
      isAsked = true;
      next(() => {
        isAsked = false;
        return collect(maxBytes, maxBytes * leftAfter);
      }).catch(() => undefined);
    },
    makeRoom: (bytes) => next(() => collect(0, Math.max(0, known - 2 * bytes))).catch(() => undefined),
    async idle() {
      await looking.catch(() => undefined);
    },
  };
}
