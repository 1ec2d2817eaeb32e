import { errorData } from "@inlay/engine";
import type { Logger } from "pino";
import type { RunLog } from "../runs/run-log.ts";
import type { RunStore } from "../runs/run-store.ts";
import type { WebhookPost } from "./post-webhook.ts";
import { webhookHeaders } from "./sign-webhook.ts";
import { webhookBody } from "./webhook-body.ts";
import type { Webhook, WebhookStore } from "./webhook-store.ts";

/** Delivers webhooks, again and again until they are taken or given up. */
export interface WebhookSender {
  /** Lets the webhook of a run that has ended be tried again now, as if for the first time. @returns false when it has none */
  again(run: string): boolean;
  /** Sends nothing more; what is on its way counts as not sent, and goes out again at the next start. */
  close(): Promise<void>;
}

export interface SenderParts {
  readonly webhooks: WebhookStore;
  readonly store: RunStore;
  readonly runLog: RunLog;
  readonly post: WebhookPost;
  /** What messages are signed with; asked for when the first one goes out. */
  readonly secret: () => Promise<string>;
  /** Milliseconds before each attempt but the first; when they are used up the webhook is given up. */
  readonly delays?: readonly number[];
  readonly log: Logger;
}

const [second, minute, hour] = [1000, 60_000, 3_600_000];

/** Nine attempts within a day and a half. */
const usualDelays = [5 * second, 30 * second, 2 * minute, 15 * minute, hour, 3 * hour, 8 * hour, 24 * hour];

/** Receivers that were down together are not asked again together. */
const jitter = 0.2;
const mostAtOnce = 8;
const longestRest = hour;

/** Starts to deliver what is due, and goes on as runs end. */
export function webhookSender(parts: SenderParts): WebhookSender {
  const { webhooks, store, runLog, post, secret, delays = usualDelays, log } = parts;
  const active = new Map<string, Promise<void>>();
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  const pump = (): void => {
    clearTimeout(timer);
    if (abort.signal.aborted) return;
    const now = Date.now();
    const free = mostAtOnce - active.size;
    const due = webhooks.due(now, mostAtOnce + 1).filter(({ run }) => !active.has(run));
    for (const webhook of due.slice(0, free)) {
      active.set(
        webhook.run,
        deliver(webhook).finally(() => {
          active.delete(webhook.run);
          pump();
        }),
      );
    }
    // The end of each that is on its way, which is soon, looks again.
    if (active.size > 0) return;
    const next = webhooks.nextAt();
    if (next === undefined) return;
    timer = setTimeout(pump, Math.min(longestRest, Math.max(second / 4, next - now)));
    timer.unref();
  };

  const deliver = async (webhook: Webhook): Promise<void> => {
    try {
      const run = await store.get(webhook.run);
      if (!run) return webhooks.save({ ...given(webhook), state: "failed" });
      const body = webhookBody(run);
      const timestamp = Math.floor(Date.now() / 1000);
      const headers = webhookHeaders({ id: `run_${run.id}`, timestamp, body }, await secret());
      const problem = await post.send(webhook.url, { headers, body }, abort.signal);
      webhooks.save(after(webhook, problem));
      log.debug({ run: run.id, attempt: webhook.attempts + 1, code: problem?.code }, "webhook");
    } catch (error) {
      if (abort.signal.aborted) return;
      // Such as a secret that cannot be read: told where people look for it, and tried again like a receiver that is down.
      webhooks.save(after(webhook, errorData(error)));
      log.error({ err: error, run: webhook.run }, "a webhook cannot be sent");
    }
  };

  const after = (webhook: Webhook, problem: Awaited<ReturnType<WebhookPost["send"]>>): Webhook => {
    const attempts = webhook.attempts + 1;
    const tried = { ...given(webhook), attempts };
    if (!problem) return { ...tried, state: "delivered", deliveredAt: Date.now() };
    const { isFinal, ...error } = problem;
    const delay = delays[attempts - 1];
    if (isFinal || delay === undefined) return { ...tried, state: "failed", error };
    const nextAt = Math.round(Date.now() + delay * (1 + jitter * Math.random()));
    return { ...tried, state: "waiting", nextAt, error };
  };

  const unlisten = runLog.listen((events) => {
    if (events.some(({ isLast }) => isLast)) pump();
  });
  pump();
  return {
    again(run) {
      const webhook = webhooks.get(run);
      if (!webhook) return false;
      if (!active.has(run)) webhooks.save({ ...given(webhook), state: "waiting", attempts: 0, nextAt: Date.now() });
      pump();
      return true;
    },
    async close() {
      unlisten();
      clearTimeout(timer);
      abort.abort();
      await Promise.all(active.values());
      await post.close();
    },
  };
}

/** A webhook without what its last attempt left. */
function given({ run, url, attempts }: Webhook): Pick<Webhook, "run" | "url" | "attempts"> {
  return { run, url, attempts };
}
