import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { previewSide } from "../runs/previews.ts";
import type { Previews } from "../runs/previews.ts";
import type { PictureTools } from "../runs/runtime.ts";
import type { HttpEnvironment } from "./environment.ts";
import { sendBytes } from "./send-bytes.ts";

/** Small copies of pictures, made once. */
export interface Thumbnails {
  send(c: Context<HttpEnvironment>, source: Source & { readonly isImmutable: boolean }): Promise<Response>;
  /** Makes the usual one before anybody asks. Never fails: who asks is told why there is none. */
  prepare(source: Omit<Source, "size">): Promise<void>;
  /** A picture has another name, too. */
  alsoAs(name: string, known: string): void;
}

/** A picture file, and how large its small copy is to be. */
interface Source {
  /** Tells this content of the file from any other: its SHA-256, or what the system says of it. */
  readonly name: string;
  readonly size: number;
  read(): Promise<Uint8Array>;
  /** The SHA-256 of what was read. */
  sha256(bytes: Uint8Array): string;
}

/** How large a thumbnail is asked to be. */
export const ThumbnailSize = z.object({ size: z.coerce.number().int().min(16).max(1024).default(previewSide) });

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

  const draw = async ({ read, sha256, size }: Source): Promise<Uint8Array> => {
    const file = await read();
    const preview = size <= previewSide ? await previews.ofFile(sha256(file)).catch(() => undefined) : undefined;
    if (preview && size === previewSide) return preview;
    return inTurn(() => thumbnail(preview ?? file, size));
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

  const get = (source: Source): Promise<Uint8Array> => {
    const key = `${source.name} ${source.size}`;
    const small = made.get(key) ?? make(key, source);
    made.delete(key);
    made.set(key, small);
    return small;
  };

  return {
    async send(c, source) {
      const { name, size, isImmutable } = source;
      return sendBytes(c, await get(source), { etag: `"${name}-${size}"`, isImmutable });
    },
    alsoAs(name, known) {
      const small = made.get(`${known} ${previewSide}`);
      if (!small) return;
      made.set(`${name} ${previewSide}`, small);
      void small.then(
        ({ byteLength }) => (bytes += byteLength),
        () => made.delete(`${name} ${previewSide}`),
      );
    },
    prepare: (source) =>
      get({ ...source, size: previewSide }).then(
        () => undefined,
        () => undefined,
      ),
  };
}
