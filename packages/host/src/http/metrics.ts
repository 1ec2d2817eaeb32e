import type { ServerParts } from "./server-parts.ts";

/** The server's figures in Prometheus' text format. Names end in their unit. */
export async function metricsText({ queue, store, streams, webhooks, version }: ServerParts): Promise<string> {
  const { waiting, taken } = await queue.counts();
  const ended = await store.countByStatus();
  const { rss, heapUsed } = process.memoryUsage();
  const lines = [
    ...gauge("inlay_info", "The version.", [[`{version="${version}"}`, 1]]),
    ...gauge("inlay_runs_waiting", "Runs that wait.", [["", waiting]]),
    ...gauge("inlay_runs_active", "Runs at work.", [["", taken]]),
    ...gauge(
      "inlay_runs",
      "Runs that are kept, by status.",
      Object.entries(ended).map(([status, count]) => [`{status="${status}"}`, count]),
    ),
    ...gauge(
      "inlay_webhooks",
      "Webhooks of the runs that are kept, by state.",
      Object.entries(webhooks.countByState()).map(([state, count]) => [`{state="${state}"}`, count]),
    ),
    ...gauge("inlay_event_streams", "Clients that listen to events.", [["", streams.count]]),
    ...gauge("inlay_events_total", "The place of the last event.", [["", await store.lastEventId()]], "counter"),
    ...gauge("process_resident_memory_bytes", "Memory of the process.", [["", rss]]),
    ...gauge("nodejs_heap_used_bytes", "Memory of its objects.", [["", heapUsed]]),
    ...gauge("process_uptime_seconds", "Since the start.", [["", Math.round(process.uptime())]]),
  ];
  return `${lines.join("\n")}\n`;
}

function gauge(
  name: string,
  help: string,
  values: readonly (readonly [labels: string, value: number])[],
  type: "gauge" | "counter" = "gauge",
): string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...values.map(([labels, value]) => `${name}${labels} ${value}`),
  ];
}
