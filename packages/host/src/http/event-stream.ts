import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";
import { followEvents } from "../runs/follow-events.ts";
import type { RunLog } from "../runs/run-log.ts";
import type { StoredEvent } from "../runs/run-record.ts";
import type { RunStore } from "../runs/run-store.ts";
import type { HttpEnvironment } from "./environment.ts";
import { httpError } from "./http-error.ts";
import { pacedWrites } from "./paced-writes.ts";

export interface EventStreams {
  /** Answers with events as Server-Sent Events, from behind a place on. */
  open(c: Context<HttpEnvironment>, from: { readonly after: number; readonly run?: string }): Response;
  /** Tells all who follow the runs of a client, whoever that is, something that is no event of a run. */
  announce(text: string): void;
  /** Ends every stream; clients come again with the place that they know. */
  closeAll(): void;
  readonly count: number;
}

/** A stream that has just been written to gathers what comes meanwhile: hundreds of streams cost a write each. */
const gapMs = 50;
/** Proxies and browsers give up on connections that are silent for longer. */
const pingMs = 15_000;
/** How many streams there may be at once. */
export interface StreamLimits {
  readonly all: number;
  /** Of one client, so that none takes them all. */
  readonly ofClient: number;
}

/** Fewer than the connections that a server takes: streams never keep out who asks something. */
export const streamLimits: StreamLimits = { all: 800, ofClient: 400 };

interface EventStreamParts {
  readonly store: RunStore;
  readonly runLog: RunLog;
  /** What who follows all runs hears first. */
  greeting(): string;
  readonly limits: StreamLimits;
}

/**
 * Streams of events, written to the socket as text: a helper that awaits each event costs five times as much. A client
 * that does not read is told from the store when it reads again.
 */
export function eventStreams({ store, runLog, greeting, limits }: EventStreamParts): EventStreams {
  const open = new Set<() => void>();
  const listeners = new Set<(text: string) => void>();
  const byClient = new Map<string, number>();
  return {
    open(c, { after, run }) {
      const { outgoing } = c.env;
      const client = c.get("client");
      const own = byClient.get(client) ?? 0;
      if (open.size >= limits.all || own >= limits.ofClient)
        throw httpError("server.busy", "Too many clients listen to events.");
      byClient.set(client, own + 1);
      outgoing.writeHead(200, { ...Object.fromEntries(c.res.headers), "content-type": "text/event-stream" });
      outgoing.write("retry: 1000\n\n");
      const announced = (text: string): void => void outgoing.write(text);
      if (run === undefined) {
        announced(greeting());
        listeners.add(announced);
      }
      const ping = setInterval(() => outgoing.write(": ping\n\n"), pingMs);
      const paced = pacedWrites((text) => outgoing.write(text), gapMs);
      const end = (): void => {
        paced.flush();
        outgoing.end();
      };
      const stop = followEvents(store, runLog, {
        client,
        after,
        ...(run !== undefined && { run }),
        take: (events) => {
          paced.add(textOf(events));
          return !outgoing.writableNeedDrain;
        },
        drained: () =>
          new Promise((resolve) => {
            outgoing.once("drain", resolve);
            outgoing.once("close", resolve);
          }),
        end,
      });
      open.add(end);
      outgoing.once("close", () => {
        clearInterval(ping);
        paced.close();
        stop();
        open.delete(end);
        listeners.delete(announced);
        byClient.set(client, byClient.get(client)! - 1);
      });
      return RESPONSE_ALREADY_SENT;
    },
    announce(text) {
      for (const tell of listeners) tell(text);
    },
    closeAll() {
      for (const end of open) end();
    },
    get count() {
      return open.size;
    },
  };
}

function textOf(events: readonly StoredEvent[]): string {
  return events.map(({ id, data }) => `id: ${id}\ndata: ${data}\n\n`).join("");
}
