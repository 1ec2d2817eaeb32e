import { createHash } from "node:crypto";
import type { MediaChecker } from "./check-media-url.ts";
import { LARGEST_PUBLISHED } from "./check-media-url.ts";
import type { RunComfyError } from "./errors.ts";
import { imageSizeOf } from "./image-size.ts";
import type { JsonObject } from "./json.ts";
import { type MediaBody, type MediaFile, type MediaUrl, mediaIn, type PlacedMedia, withMedia } from "./media-body.ts";
import { LARGEST_DATA_URI_IMAGE, LARGEST_REQUEST, MOST_DATA_URI_PIXELS, toDataUri } from "./media.ts";
import { problem } from "./problem.ts";
import type { Publisher } from "./publish/publisher.ts";
import { stripMetadata } from "./publish/strip-metadata.ts";

/** How bytes reach the service: inside the request where they fit, or always by a URL. */
export type MediaRoute = "inline" | "published";

/** A body whose media have become texts. */
export interface PlacedBody {
  readonly body: JsonObject;
  /** The inputs that hold a data URI. */
  readonly inline: readonly string[];
}

/** Turns media into what the service takes. */
export interface MediaPlacer {
  /** Throws `remote.media`, `remote.media-url` or `remote.publish`, before anything is submitted. */
  place(body: MediaBody, route: MediaRoute, signal: AbortSignal): Promise<PlacedBody>;
  /** Whether a refusal may be about data URIs, and there is another way to send them. */
  hasAnotherWay(error: RunComfyError, placed: PlacedBody): boolean;
}

/** What a placer is made of. */
export interface MediaPlacerOptions {
  readonly checker: MediaChecker;
  readonly publisher?: Publisher | undefined;
  /** Publish every file; needs a publisher. */
  readonly always?: boolean | undefined;
  /** Seconds that a published URL must work: a job may wait in the queue for long. Default a day. */
  readonly ttl?: number | undefined;
}

const DAY = 24 * 60 * 60;

/** Base64 has four characters for three bytes; the rest of the request is small beside the media. */
const LARGEST_INLINE_TOTAL = Math.floor((LARGEST_REQUEST - 1024 * 1024) * 0.75);

/**
 * Makes a placer. Bytes are stripped of metadata first. A file of at most 6 MiB and 32 megapixels goes into the request
 * as a data URI, as long as the whole stays below 64 MiB; a larger one, and every one by the route `published`, goes to
 * the publisher, whose URL is fetched once before it is used. An address that was given is checked likewise.
 */
export function createMediaPlacer({ checker, publisher, always = false, ttl = DAY }: MediaPlacerOptions): MediaPlacer {
  const publish = async ({ input, media }: PlacedMedia<MediaFile>, signal: AbortSignal): Promise<string> => {
    if (!publisher) throw tooLargeInline(input, media);
    const { bytes, mime } = media;
    if (bytes.length > LARGEST_PUBLISHED) throw tooLarge(input, bytes, "50 MB that the service takes");
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const { url } = await publisher.publish(bytes, { mime, sha256, ttl }, signal);
    await checker.check(url, { sha256, input }, signal);
    return url;
  };

  return {
    async place(body, route, signal) {
      const texts = new Map<MediaFile | MediaUrl, string>();
      const inline = new Set<string>();
      let room = route === "inline" && !(always && publisher) ? LARGEST_INLINE_TOTAL : 0;
      for (const { input, media } of mediaIn(body)) {
        if (!("bytes" in media)) {
          await checker.check(media.url, { input, content: media.content ?? "picture" }, signal);
          texts.set(media, media.url);
          continue;
        }
        const clean: MediaFile = { ...media, bytes: stripMetadata(media.bytes) };
        if (fitsInline(clean) && clean.bytes.length <= room) {
          room -= clean.bytes.length;
          inline.add(input);
          texts.set(media, toDataUri(clean.bytes, clean.mime));
        } else {
          texts.set(media, await publish({ input, media: clean }, signal));
        }
      }
      return { body: withMedia(body, (media) => texts.get(media) ?? ""), inline: [...inline] };
    },
    hasAnotherWay({ data }, { inline }) {
      if (!publisher || data.ending !== "rejected" || inline.length === 0) return false;
      if (data.input !== undefined) return inline.includes(data.input) && data.code !== "remote.moderation";
      return data.code === "remote.media";
    },
  };
}

function fitsInline({ bytes }: MediaFile): boolean {
  const { width, height } = imageSizeOf(bytes) ?? { width: 0, height: 0 };
  return bytes.length <= LARGEST_DATA_URI_IMAGE && width * height <= MOST_DATA_URI_PIXELS;
}

function tooLargeInline(input: string, { bytes }: MediaFile): RunComfyError {
  const suggestion = "Make the picture smaller, or set up a publisher: docs/publishers.md.";
  return tooLarge(input, bytes, "6 MiB, 32 megapixels and 64 MiB a request that can be sent inside it", suggestion);
}

function tooLarge(input: string, { length }: Uint8Array, limit: string, suggestion?: string): RunComfyError {
  const summary = `The file in \`${input}\`, of ${(length / 1024 / 1024).toFixed(1)} MiB, is more than the ${limit}.`;
  return problem("remote.media", { ending: "rejected", summary, input, ...(suggestion ? { suggestion } : {}) });
}
