import { strict as assert } from "node:assert";
import { createHash, randomBytes } from "node:crypto";
import type { Published, Publisher, PublishOptions } from "../publish/publisher.ts";
import type { ConformanceCase } from "./journal-conformance.ts";

/** One publisher with an empty storage behind it, made for one case. */
export interface PublisherUnderTest {
  /** Opens the publisher as one more process does. */
  open(): Publisher;
  /** The names of the files that went up so far, one for each upload. */
  uploads(): readonly string[];
  /** Makes the storage refuse all that comes. */
  refuse(): void;
  /** What must turn up in no text. */
  readonly secrets: readonly string[];
  close(): Promise<void>;
}

const TTL = 3600;

type Case = (storage: PublisherUnderTest, publisher: Publisher) => Promise<void>;

const CASES: { readonly [name: string]: Case } = {
  "gives back by a plain GET the very bytes that were published": async (_storage, publisher) => {
    const bytes = randomBytes(100_000);
    const { url } = await publish(publisher, bytes);
    assert.ok(Buffer.from(await fetched(url)).equals(bytes));
  },

  "publishes different bytes at different addresses": async (_storage, publisher) => {
    const [one, two] = await Promise.all([publish(publisher, randomBytes(10)), publish(publisher, randomBytes(10))]);
    assert.notEqual(new URL(one.url).pathname, new URL(two.url).pathname);
  },

  "puts the same bytes up once, also for another process": async (storage, publisher) => {
    const bytes = randomBytes(1000);
    for (const one of [publisher, publisher, storage.open()]) {
      const { url } = await publish(one, bytes);
      assert.ok(Buffer.from(await fetched(url)).equals(bytes));
    }
    assert.equal(storage.uploads().length, 1);
  },

  "puts the same bytes up once when they are wanted many times at once": async (storage, publisher) => {
    const bytes = randomBytes(1000);
    await Promise.all(Array.from({ length: 8 }, () => publish(publisher, bytes)));
    assert.equal(storage.uploads().length, 1);
  },

  "names a file after its SHA-256, and nothing else of it": async (storage, publisher) => {
    const bytes = randomBytes(10);
    await publish(publisher, bytes);
    assert.ok(storage.uploads()[0]?.includes(sha256Of(bytes)));
  },

  "promises an address that works as long as was asked": async (_storage, publisher) => {
    const before = Date.now();
    const { expiresAt } = await publish(publisher, randomBytes(10));
    assert.ok(expiresAt >= before + TTL * 1000);
  },

  "fails with remote.publish when the storage refuses, and shows no secret": async (storage, publisher) => {
    storage.refuse();
    const error = await failureOf(publish(publisher, randomBytes(10)));
    assert.equal((error as { code?: unknown }).code, "remote.publish");
    for (const secret of storage.secrets) assert.ok(!everything(error).includes(secret), `no ${secret}`);
  },

  "tries again after a failure": async (storage, publisher) => {
    const bytes = randomBytes(10);
    storage.refuse();
    await failureOf(publish(publisher, bytes));
    await failureOf(publish(publisher, bytes));
  },

  "stops for an aborted signal with its reason, and puts nothing up": async (storage, publisher) => {
    const reason = new Error("enough");
    const stopped = publisher.publish(randomBytes(10), options(Buffer.alloc(0)), AbortSignal.abort(reason));
    assert.equal(await failureOf(stopped), reason);
    assert.deepEqual(storage.uploads(), []);
  },

  "has a label without secrets": async (storage, publisher) => {
    assert.ok(publisher.label.length > 0);
    for (const secret of storage.secrets) assert.ok(!publisher.label.includes(secret));
  },
};

/** What every publisher must do; `open` makes one with an empty storage, and each case closes its own. */
export function publisherConformance(open: () => Promise<PublisherUnderTest>): readonly ConformanceCase[] {
  return Object.entries(CASES).map(([name, check]) => ({
    name,
    async run() {
      const storage = await open();
      try {
        await check(storage, storage.open());
      } finally {
        await storage.close();
      }
    },
  }));
}

function publish(publisher: Publisher, bytes: Uint8Array): Promise<Published> {
  return publisher.publish(bytes, options(bytes));
}

function options(bytes: Uint8Array): PublishOptions {
  return { mime: "image/png", sha256: sha256Of(bytes), ttl: TTL };
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function fetched(url: string): Promise<Uint8Array> {
  const { request } = await import("undici");
  const { statusCode, body } = await request(url);
  assert.equal(statusCode, 200);
  return new Uint8Array(await body.arrayBuffer());
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new assert.AssertionError({ message: "it did not fail" });
}

/** All that a log could show of an error. */
function everything(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const data = "data" in error ? JSON.stringify(error.data) : "";
  return [error.message, error.stack ?? "", data, error.cause === undefined ? "" : everything(error.cause)].join("\n");
}
