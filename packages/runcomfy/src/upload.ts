import { Readable } from "node:stream";

/** The body of one request as it leaves, piece by piece. */
export interface Upload {
  /** Bytes. */
  readonly length: number;
  /** To be read once. */
  readonly body: Readable;
  /** Whether its last piece was handed over: before that, whoever receives it has no whole request. */
  isHandedOver(): boolean;
  /** Keeps the last piece back for good; false when it has been handed over. */
  discard(): boolean;
}

/** Small enough that the last piece leaves when nearly all is through. */
const PIECE = 64 * 1024;

/** Prepares a text for one request. */
export function openUpload(text: string): Upload {
  const bytes = Buffer.from(text);
  let isHandedOver = false;
  let isDiscarded = false;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += PIECE) {
      const isLast = at + PIECE >= bytes.length;
      if (isDiscarded) throw new Error("stopped before it was sent");
      isHandedOver = isLast;
      yield bytes.subarray(at, at + PIECE);
    }
  }
  // Nothing is read before somebody asks, and then a piece at a time.
  const body = Readable.from(pieces(), { highWaterMark: 1 });
  // Whoever reads it hears of it too.
  body.on("error", () => undefined);
  return {
    length: bytes.length,
    body,
    isHandedOver: () => isHandedOver,
    discard() {
      isDiscarded = !isHandedOver;
      return isDiscarded;
    },
  };
}
