import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** What a verifier knows of an account. */
export interface Account {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** A request as it arrived: `host` as its header says, `path` with its query, exactly as sent. */
export interface SignedRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
}

/**
 * Checks a presigned request by the text of AWS's documentation ("Authenticating requests: using query parameters, AWS
 * signature version 4"), with nothing but node:crypto. It shares no code with what signs.
 * @returns undefined when the request is allowed, else the code that S3 answers with
 */
export function refusePresigned(request: SignedRequest, account: Account, now: Date): string | undefined {
  const [path = "", query = ""] = request.path.split("?");
  // Order and escapes count as they arrived, so nothing is parsed and written anew.
  const parts = query.split("&").map((part) => part.split("=") as [string, string?]);
  const valueOf = (name: string): string => decodeURIComponent(parts.find(([key]) => key === name)?.[1] ?? "");
  if (valueOf("X-Amz-Algorithm") !== "AWS4-HMAC-SHA256") return "AccessDenied";
  const [keyId, date = "", region, service, terminator] = valueOf("X-Amz-Credential").split("/");
  if (keyId !== account.accessKeyId) return "InvalidAccessKeyId";
  if (region !== account.region || service !== "s3" || terminator !== "aws4_request")
    return "AuthorizationQueryParametersError";
  if (valueOf("X-Amz-SignedHeaders") !== "host") return "AuthorizationQueryParametersError";

  const stamp = valueOf("X-Amz-Date");
  const signedAt = timeOf(stamp);
  const seconds = Number(valueOf("X-Amz-Expires"));
  if (signedAt === undefined || stamp.slice(0, 8) !== date) return "AuthorizationQueryParametersError";
  if (!(seconds >= 1 && seconds <= 604_800)) return "AuthorizationQueryParametersError";
  if (now.getTime() > signedAt + seconds * 1000) return "AccessDenied";
  if (signedAt > now.getTime() + 15 * 60_000) return "RequestTimeTooSkewed";

  const canonicalQuery = parts
    .filter(([key]) => key !== "X-Amz-Signature")
    .map(([key, value = ""]) => `${key}=${value}`)
    .toSorted()
    .join("&");
  const canonical = [request.method, path, canonicalQuery, `host:${request.host}\n`, "host", "UNSIGNED-PAYLOAD"].join(
    "\n",
  );
  const scope = `${date}/${region}/s3/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", stamp, scope, createHash("sha256").update(canonical).digest("hex")].join("\n");
  const key = [date, account.region, "s3", "aws4_request"].reduce<Buffer>(
    (secret, part) => createHmac("sha256", secret).update(part).digest(),
    Buffer.from(`AWS4${account.secretAccessKey}`),
  );
  const expected = createHmac("sha256", key).update(toSign).digest();
  const given = Buffer.from(valueOf("X-Amz-Signature"), "hex");
  return given.length === expected.length && timingSafeEqual(given, expected) ? undefined : "SignatureDoesNotMatch";
}

function timeOf(stamp: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match.map(Number);
  return Date.UTC(year!, month! - 1, day, hour, minute, second);
}
