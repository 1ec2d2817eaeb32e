import { useCallback, useEffect, useRef, useState } from "react";
import { api, problemText } from "../server/api.ts";
import type { PastRun, RunFilter } from "../server/past-runs.ts";

export interface ListedRuns {
  readonly runs: readonly PastRun[] | undefined;
  readonly problem: string | undefined;
  readonly hasMore: boolean;
  more(): void;
}

/** The runs that a filter lets through, page by page; an answer that comes after a later question is not heard. */
export function useRuns(filter: RunFilter): ListedRuns {
  const [page, setPage] = useState<{ readonly runs: readonly PastRun[]; readonly next?: string | undefined }>();
  const [problem, setProblem] = useState<string>();
  const asked = useRef(0);
  const { status, file, text } = filter;
  const load = useCallback(
    (before?: string) => {
      const question = ++asked.current;
      api.runs({ status, file, text }, before).then(
        ({ runs, next }) => {
          if (question !== asked.current) return;
          setProblem(undefined);
          setPage((known) => ({ runs: before === undefined ? runs : [...(known?.runs ?? []), ...runs], next }));
        },
        (error: unknown) => question === asked.current && setProblem(problemText(error)),
      );
    },
    [status, file, text],
  );
  useEffect(() => load(), [load]);
  return { runs: page?.runs, problem, hasMore: page?.next !== undefined, more: () => load(page?.next) };
}
