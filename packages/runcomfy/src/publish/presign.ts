/** What signs requests to an S3-compatible storage. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string | undefined;
  readonly region: string;
}

/** What a presigned URL allows. */
export interface PresignedCall {
  readonly method: "GET" | "HEAD" | "PUT";
  readonly url: string;
  /** Seconds, at most seven days. */
  readonly ttl: number;
  /** When it begins to count, such as `20130524T000000Z`. Default now. */
  readonly datetime?: string;
}

/**
 * A URL that carries its own permission: AWS signature version 4 in the query, with the payload unsigned. The region and
 * the service are given and never guessed from the host, which other storages have of their own.
 */
export async function presign(credentials: S3Credentials, call: PresignedCall): Promise<string> {
  const { AwsV4Signer } = await import("aws4fetch");
  const { accessKeyId, secretAccessKey, sessionToken, region } = credentials;
  const { method, ttl, datetime } = call;
  const url = new URL(call.url);
  url.searchParams.set("X-Amz-Expires", String(ttl));
  const signer = new AwsV4Signer({
    method,
    url: url.href,
    accessKeyId,
    secretAccessKey,
    service: "s3",
    region,
    signQuery: true,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(datetime !== undefined && { datetime }),
  });
  return (await signer.sign()).url.href;
}
