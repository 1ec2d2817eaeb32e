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
 * A budget of bytes for results and artifacts.
 * @param options.onRemoved told what has gone, so that an index can forget it
 */
export function storageBudget(options: {
  readonly workspace: Workspace;
  readonly maxBytes: number;
  readonly onRemoved?: (removed: readonly StoredFile[]) => void;
}): StorageBudget {
  const { workspace, maxBytes, onRemoved } = options;
  // The first to store something looks at what there is.
  let sinceLook = Number.POSITIVE_INFINITY;
  let known = 0;
  let looking: Promise<void> = Promise.resolve();
  let isAsked = false;

  const collect = async (above: number, downTo: number, paid: boolean): Promise<void> => {
    const { bytes, removed } = await collectGarbage({ workspace, above, downTo, paid });
    known = bytes - removed.reduce((sum, { size }) => sum + size, 0);
    sinceLook = 0;
    if (removed.length > 0) onRemoved?.(removed);
  };
  const next = (work: () => Promise<void>): Promise<void> => (looking = looking.then(work, work));

  return {
    added(bytes) {
      known += bytes;
      sinceLook += bytes;
      if (isAsked || (known <= maxBytes && sinceLook < maxBytes * lookEvery)) return;
      isAsked = true;
      next(() => {
        isAsked = false;
        return collect(maxBytes, maxBytes * leftAfter, true);
      }).catch(() => undefined);
    },
    makeRoom: (bytes) => next(() => collect(0, Math.max(0, known - 2 * bytes), false)).catch(() => undefined),
    async idle() {
      await looking.catch(() => undefined);
    },
  };
}
