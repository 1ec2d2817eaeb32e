import { api, ApiError } from "../server/api.ts";
import type { PastRun } from "../server/past-runs.ts";
import type { ServerEvent } from "../server/events.ts";
import { Cell } from "../state/cell.ts";

const telling: ReadonlySet<ServerEvent["type"]> = new Set([
  "run.queued",
  "run.moved",
  "run.resumed",
  "run.started",
  "run.cancelling",
  "run.finished",
]);

/** The runs of the workspace that wait or are at work, the next one first, asked anew whenever one of them moves. */
export class WorkspaceRuns {
  readonly active = new Cell<readonly PastRun[]>([]);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.refresh();
  }

  take({ type }: ServerEvent): void {
    if (telling.has(type)) this.refresh();
  }

  refresh(): void {
    this.#timer ??= setTimeout(() => void this.#ask(), 60);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    this.#timer = undefined;
    try {
      this.active.set(inTurn(await api.activeRuns()));
    } catch (error) {
      // The server is away: the next event, or the next look, asks again.
      if (!(error instanceof ApiError)) throw error;
    }
  }
}

/** Those at work in the order in which they came, then those that wait in theirs. */
function inTurn(runs: readonly PastRun[]): readonly PastRun[] {
  const rank = ({ status, place = 0 }: PastRun) => (status === "queued" ? 1 + place : 0);
  return runs.toSorted((a, b) => rank(a) - rank(b) || a.created.localeCompare(b.created));
}
