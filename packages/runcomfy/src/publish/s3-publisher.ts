import { presign, type S3Credentials } from "./presign.ts";
import { badPublisher, publishError } from "./publish-error.ts";
import type { Publisher } from "./publisher.ts";
import { extensionOf, refusalOf, storageUrl, withStorage } from "./storage-call.ts";

/** An S3-compatible storage: AWS S3, Cloudflare R2, Backblaze B2, MinIO, Google Cloud Storage with HMAC keys. */
export interface S3Options {
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string | undefined;
  /** Default `us-east-1`; R2 takes `auto`. */
  readonly region?: string | undefined;
  /** Default AWS, `https://s3.<region>.amazonaws.com`. https, or http on this machine. */
  readonly endpoint?: string | undefined;
  /** In front of the names, such as `inlay/`. Default none. */
  readonly prefix?: string | undefined;
  /** The bucket in the path and not in the host's name. Default: for every endpoint that is given. */
  readonly pathStyle?: boolean | undefined;
}

/** The longest that a presigned URL can work: AWS's signature version 4 allows seven days. */
const LONGEST_TTL = 7 * 24 * 60 * 60;
/** Seconds in which a HEAD or an upload has to begin. */
const SHORT = 900;

/**
 * Publishes into a bucket that need not be public: the file is put there by a presigned PUT and read by a presigned GET.
 * Its name is the SHA-256 of its bytes, asked for with HEAD first, so that the same bytes go up once. Nothing is deleted:
 * give the bucket a rule that lets files expire.
 *
 * Throws `remote.config` for settings that cannot be used.
 */
export function s3Publisher(options: S3Options): Publisher {
  const { bucket, secretAccessKey, sessionToken } = options;
  const credentials = credentialsOf(options);
  const place = placeOf(options, credentials.region);
  const label = `the S3 bucket ${bucket} at ${place.host}`;
  const secrets = [secretAccessKey, sessionToken];

  return {
    label,
    publish: (bytes, { sha256, mime, ttl }, signal) =>
      withStorage({ label, secrets, signal }, async (call) => {
        const url = place.urlOf(sha256 + extensionOf(mime));
        const signed = (method: "GET" | "HEAD" | "PUT", seconds: number): Promise<string> =>
          presign(credentials, { method, url, ttl: seconds });
        const found = await call({ method: "HEAD", url: await signed("HEAD", SHORT) });
        if (found.status !== 200) {
          const headers = { "content-type": mime };
          const put = await call({ method: "PUT", url: await signed("PUT", SHORT), headers, body: bytes });
          if (put.status >= 300) throw publishError({ label, secrets, reason: refusalOf(put) });
        }
        const seconds = Math.min(ttl, LONGEST_TTL);
        return { url: await signed("GET", seconds), expiresAt: Date.now() + seconds * 1000 };
      }),
  };
}

function credentialsOf({ accessKeyId, secretAccessKey, sessionToken, region = "us-east-1" }: S3Options): S3Credentials {
  if (!/^[\x21-\x7e]+$/.test(accessKeyId) || !/^[\x21-\x7e]+$/.test(secretAccessKey))
    throw badPublisher("keys", "an access key id and a secret");
  if (!/^[a-z0-9-]{1,64}$/.test(region)) throw badPublisher("region", "such as `us-east-1` or `auto`");
  return { accessKeyId, secretAccessKey, sessionToken, region };
}

interface Place {
  readonly host: string;
  urlOf(name: string): string;
}

function placeOf(
  { bucket, endpoint, prefix = "", pathStyle = endpoint !== undefined }: S3Options,
  region: string,
): Place {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) throw badPublisher("bucket", "the name of a bucket");
  // Names that need no escapes sign alike everywhere.
  if (!/^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*$/.test(prefix)) throw badPublisher("prefix", "names that end with /");
  const { host, protocol, pathname } = storageUrl(endpoint ?? `https://s3.${region}.amazonaws.com`, "endpoint");
  const folder = pathname.replace(/\/+$/, "");
  const root = pathStyle ? `${protocol}//${host}${folder}/${bucket}` : `${protocol}//${bucket}.${host}${folder}`;
  return { host, urlOf: (name) => `${root}/${prefix}${name}` };
}
