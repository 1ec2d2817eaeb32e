import { request } from "node:http";
import type { IncomingMessage } from "node:http";
import { onTestFinished } from "vitest";
import type { EventBody } from "./answer-body.ts";
import { token } from "./test-server.ts";

/** An event as a client gets it. */
export interface HeardEvent {
  readonly id: number;
  readonly data: EventBody;
}

export interface EventClient {
  readonly events: readonly HeardEvent[];
  /** Resolves when the condition holds, asked after each event. */
  until(condition: (events: readonly HeardEvent[]) => boolean): Promise<void>;
  /** Resolves when the server has ended the stream or is gone. */
  readonly ended: Promise<void>;
  readonly status: number;
  close(): void;
}

/** Listens to a server's events, as a browser does. */
export async function listenTo(
  port: number,
  path: string,
  { headers = {}, lastEventId }: { headers?: Record<string, string>; lastEventId?: number } = {},
): Promise<EventClient> {
  const events: HeardEvent[] = [];
  let wake: () => void = () => undefined;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request({
      port,
      host: "127.0.0.1",
      path,
      agent: false,
      headers: {
        authorization: `Bearer ${token}`,
        ...(lastEventId !== undefined && { "last-event-id": `${lastEventId}` }),
        ...headers,
      },
    });
    asked.on("response", resolve);
    asked.on("error", reject);
    asked.end();
  });
  onTestFinished(() => void response.destroy());
  let text = "";
  const ended = new Promise<void>((resolve) => response.once("close", resolve).once("error", () => undefined));
  response.setEncoding("utf8").on("data", (piece: string) => {
    text += piece;
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const [, id, data = ""] = /^id: (\d+)\ndata: (.*)$/.exec(block) ?? [];
      if (id !== undefined) events.push({ id: Number(id), data: JSON.parse(data) as EventBody });
    }
    wake();
  });
  return {
    events,
    ended,
    status: response.statusCode ?? 0,
    close: () => void response.destroy(),
    async until(condition) {
      while (!condition(events)) await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}
