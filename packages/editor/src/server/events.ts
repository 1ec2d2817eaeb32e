import type { RunEvent } from "@inlay/engine";
import { isStatic } from "./static-site.ts";

/** An event of a run of this workspace; beside the engine's, what the server tells of the queue. */
export type ServerEvent =
  | (RunEvent & { readonly run: string })
  | QueueEvent<"run.queued">
  | QueueEvent<"run.moved">
  | QueueEvent<"run.resumed">;

interface QueueEvent<T extends string> {
  readonly type: T;
  readonly run: string;
  readonly seq: number;
  readonly time: number;
}

/**
 * Follows the events of all runs over one connection, which browsers open anew by themselves and which then brings what was
 * missed. Returns how to stop.
 * @param onCatalog told the ETag of the server's catalogue, at once and whenever it has become another
 */
export function followEvents(onEvent: (event: ServerEvent) => void, onCatalog: (etag: string) => void): () => void {
  return follow("./api/events", onEvent, onCatalog);
}

/** Follows one run from its first event on. Returns how to stop. */
export function followRun(run: string, onEvent: (event: ServerEvent) => void): () => void {
  return follow(`./api/runs/${encodeURIComponent(run)}/events`, onEvent);
}

function follow(
  address: string,
  onEvent: (event: ServerEvent) => void,
  onCatalog?: (etag: string) => void,
): () => void {
  if (isStatic) return () => undefined;
  const source = new EventSource(address);
  source.addEventListener("message", ({ data }: MessageEvent<string>) => onEvent(JSON.parse(data) as ServerEvent));
  source.addEventListener("catalog", ({ data }: MessageEvent<string>) =>
    onCatalog?.((JSON.parse(data) as { etag: string }).etag),
  );
  return () => source.close();
}
