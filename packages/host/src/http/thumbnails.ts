import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { previewSide } from "../runs/previews.ts";
import type { Previews } from "../runs/previews.ts";
import type { PictureTools } from "../runs/runtime.ts";
import type { HttpEnvironment } from "./environment.ts";
import { sendBytes } from "./send-bytes.ts";

/** Small copies of pictures, made once. */
export interface Thumbnails {
  send(c: Context<HttpEnvironment>, source: Source): Promise<Response>;
}

/** A picture file, and how large its small copy is to be. */
interface Source {
  readonly sha256: string;
  readonly size: number;
  readonly isImmutable: boolean;
  read(): Promise<Uint8Array>;
}

/** How large a thumbnail is asked to be. */
export const ThumbnailSize = z.object({ size: z.coerce.number().int().min(16).max(1024).default(256) });

const mostBytes = 32 * 2 ** 20;
/** Decoding a large picture fills a processor: more at once would only wait, and hold memory. */
const mostAtOnce = 2;

/**
 * Keeps thumbnails in memory, those asked for last longest. A file that a run has saved is not decoded: there is a small copy of
 * its pixels.
 */
export function thumbnails({ thumbnail }: PictureTools, previews: Previews): Thumbnails {
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

  const draw = async ({ sha256, read, size }: Source): Promise<Uint8Array> => {
    const preview = size <= previewSide ? await previews.ofFile(sha256).catch(() => undefined) : undefined;
    if (preview && size === previewSide) return preview;
    return inTurn(async () => thumbnail(preview ?? (await read()), size));
  };

  const make = (key: string, source: Source): Promise<Uint8Array> => {
    const making = draw(source);
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
    async send(c, source) {
      const { sha256, size, isImmutable } = source;
      const key = `${sha256} ${size}`;
      const small = made.get(key) ?? make(key, source);
      made.delete(key);
      made.set(key, small);
      return sendBytes(c, await small, { etag: `"${sha256}-${size}"`, isImmutable });
    },
  };
}
