import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { PictureTools } from "../runs/runtime.ts";
import type { HttpEnvironment } from "./environment.ts";
import { sendBytes } from "./send-bytes.ts";

/** Small copies of pictures, made once. */
export interface Thumbnails {
  send(
    c: Context<HttpEnvironment>,
    source: {
      readonly sha256: string;
      readonly size: number;
      readonly isImmutable: boolean;
      read(): Promise<Uint8Array>;
    },
  ): Promise<Response>;
}

/** How large a thumbnail is asked to be. */
export const ThumbnailSize = z.object({ size: z.coerce.number().int().min(16).max(1024).default(256) });

const mostBytes = 32 * 2 ** 20;
/** Decoding a large picture fills a processor: more at once would only wait, and hold memory. */
const mostAtOnce = 2;

/** Keeps thumbnails in memory, those asked for last longest. */
export function thumbnails({ thumbnail }: PictureTools): Thumbnails {
  const made = new Map<string, Promise<Uint8Array>>();
  let bytes = 0;
  let atWork = 0;
  const waiting: (() => void)[] = [];

  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (atWork >= mostAtOnce) await new Promise<void>((go) => waiting.push(go));
    else atWork++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else atWork--;
    }
  };

  const make = (key: string, read: () => Promise<Uint8Array>, size: number): Promise<Uint8Array> => {
    const making = inTurn(async () => thumbnail(await read(), size));
    making.then(
      (small) => {
        bytes += small.byteLength;
        void evict();
      },
      () => made.delete(key),
    );
    return making;
  };

  const evict = async (): Promise<void> => {
    for (const [key, promise] of made) {
      if (bytes <= mostBytes) return;
      made.delete(key);
      bytes -= (await promise.catch(() => new Uint8Array())).byteLength;
    }
  };

  return {
    async send(c, { sha256, size, isImmutable, read }) {
      const key = `${sha256} ${size}`;
      const small = made.get(key) ?? make(key, read, size);
      made.delete(key);
      made.set(key, small);
      return sendBytes(c, await small, { etag: `"${sha256}-${size}"`, isImmutable });
    },
  };
}
