/** What is known about bytes that are to be published. */
export interface PublishOptions {
  /** Such as `image/png`. */
  readonly mime: string;
  /** Of the bytes, 64 lower-case hex digits: the place is named after it, so that the same bytes go up once. */
  readonly sha256: string;
  /** Seconds for which the URL must work at least. */
  readonly ttl: number;
}

/** Where published bytes can be fetched by anybody who knows the URL. */
export interface Published {
  readonly url: string;
  /** Milliseconds since 1970; `Infinity` when the URL does not expire. */
  readonly expiresAt: number;
}

/**
 * Puts files where the service can fetch them. Checked by `publisherConformance` in `@inlay/runcomfy/testing`.
 *
 * Fails with `remote.publish` for what the storage refuses, in words without secrets, and with the reason of an aborted
 * signal.
 */
export interface Publisher {
  /** For people, such as `S3 bucket media at s3.example.com`. No secret. */
  readonly label: string;
  publish(bytes: Uint8Array, options: PublishOptions, signal?: AbortSignal): Promise<Published>;
}
