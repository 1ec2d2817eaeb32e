import type { NodeState } from "@inlay/engine";
import type { ReactNode } from "react";
import { useEditor } from "../app/editor-context.ts";
import { Icon, type IconName } from "../app/icon.tsx";
import { duration } from "../messages/format.ts";
import { t } from "../messages/translate.ts";
import { useKeyed } from "../state/cell.ts";

/** What a node of the last run does, under its card: it never covers another node's content. */
export function NodeStatus({ id }: { readonly id: string }): ReactNode {
  const state = useKeyed(useEditor().states, id);
  if (!state) return null;
  const { progress } = state;
  return (
    <div className={`node-status is-${state.status}`} role="status">
      <Icon name={icons[state.status]} />
      <span>{statusText(state)}</span>
      {state.status === "running" && progress && progress.total > 0 && (
        <span className="progress">
          <span style={{ width: `${Math.min(100, (progress.value / progress.total) * 100)}%` }} />
        </span>
      )}
    </div>
  );
}

const icons: { readonly [status in NodeState["status"]]: IconName } = {
  running: "clock",
  succeeded: "check",
  cached: "check",
  pinned: "check",
  failed: "alert",
  skipped: "minus",
};

/** The state of a node in words. */
function statusText({ status, ms, progress, remote, error }: NodeState): string {
  if (status === "running" && remote?.state === "queued") {
    return remote.queuePosition === undefined
      ? t("state.queued")
      : t("state.queued-at", { place: remote.queuePosition });
  }
  if (status === "running") return progress?.note ?? t("state.running");
  if (status === "succeeded")
    return ms === undefined ? t("state.succeeded") : t("state.succeeded-in", { time: duration(ms) });
  if (status === "failed") return error?.message ?? t("state.failed");
  return t(`state.${status}`);
}
