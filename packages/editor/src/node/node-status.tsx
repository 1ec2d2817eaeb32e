import type { ReactNode } from "react";
import { useEditor } from "../app/editor-context.ts";
import { Icon, type IconName } from "../app/icon.tsx";
import { duration, dollars } from "../messages/format.ts";
import { t } from "../messages/translate.ts";
import { FixButton } from "../run/fix-button.tsx";
import type { ShownState } from "../run/shown-states.ts";
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
      {state.status === "failed" && state.error?.fix && <FixButton node={id} fix={state.error.fix} />}
      {state.status === "running" && progress && progress.total > 0 && (
        <span className="progress">
          <span style={{ width: `${Math.min(100, (progress.value / progress.total) * 100)}%` }} />
        </span>
      )}
    </div>
  );
}

const icons: { readonly [status in ShownState["status"]]: IconName } = {
  waiting: "clock",
  running: "clock",
  succeeded: "check",
  cached: "check",
  pinned: "pin",
  failed: "alert",
  skipped: "minus",
  cancelled: "stop",
  detached: "link",
  unknown: "help",
  lost: "alert",
};

/** The state of a node in words. */
function statusText({ status, ms, progress, remote, error, costUsd }: ShownState): string {
  switch (status) {
    case "running":
      if (remote?.state !== "queued") return progress?.note ?? t("state.running");
      return remote.queuePosition === undefined
        ? t("state.queued")
        : t("state.queued-at", { place: remote.queuePosition });
    case "succeeded": {
      if (ms === undefined) return t("state.succeeded");
      const time = duration(ms);
      return costUsd === undefined ? time : t("state.succeeded-for", { time, price: dollars(costUsd) });
    }
    case "failed":
      return error?.message ?? t("state.failed");
    default:
      return t(`state.${status}`);
  }
}
