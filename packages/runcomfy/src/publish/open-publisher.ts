import { commandPublisher, type CommandOptions } from "./command-publisher.ts";
import { publishOnce } from "./publish-once.ts";
import type { Publisher } from "./publisher.ts";
import { s3Publisher, type S3Options } from "./s3-publisher.ts";
import { urlPublisher, type UrlOptions } from "./url-publisher.ts";

/** A publisher as settings describe it. */
export type PublisherSettings =
  | ({ readonly type: "s3" } & S3Options)
  | ({ readonly type: "url" } & UrlOptions)
  | ({ readonly type: "command" } & CommandOptions);

/**
 * Makes a publisher of its settings; it connects to nothing before it is used, and puts the same bytes up once. Throws
 * `remote.config` for settings that cannot be used.
 *
 * @example
 * ```ts
 * const publisher = openPublisher({ type: "s3", bucket: "media", region: "auto", endpoint, accessKeyId, secretAccessKey });
 * const client = createRunComfyClient({ token, journal, publisher });
 * ```
 */
export function openPublisher(settings: PublisherSettings): Publisher {
  return publishOnce(publisherOf(settings));
}

function publisherOf(settings: PublisherSettings): Publisher {
  switch (settings.type) {
    case "s3":
      return s3Publisher(settings);
    case "url":
      return urlPublisher(settings);
    case "command":
      return commandPublisher(settings);
  }
}
