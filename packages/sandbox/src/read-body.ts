import type { IncomingMessage } from "node:http";
import { ApiError } from "./api-error.ts";

/** The largest body of a request, in bytes: 70 MiB, a little above the 64 MiB that the API's own clients allow themselves. */
export const MAX_BODY_BYTES = 70 * 1024 * 1024;

/**
 * Reads a request's body as JSON.
 *
 * @throws {ApiError} `bodyTooLarge` (413) above `maxBytes`, `invalidBody` (422) if it is not JSON.
 */
export async function readJsonBody(request: IncomingMessage, maxBytes = MAX_BODY_BYTES): Promise<unknown> {
  const body = await readBody(request, maxBytes);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    const detail = [{ loc: ["body"], msg: "The body is not JSON", type: "json_invalid" }];
    throw new ApiError("invalidBody", "The body is not JSON", { detail });
  }
}

async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Buffer[] = [];
  let length = 0;
  // Not `for await`: leaving that loop early would destroy the socket before the answer is sent.
  return new Promise((resolve, reject) => {
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBytes) return void chunks.push(chunk);
      chunks.length = 0;
      reject(tooLarge(maxBytes));
    });
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("error", reject);
  });
}

function tooLarge(maxBytes: number): ApiError {
  return new ApiError("bodyTooLarge", `The body is larger than ${maxBytes} bytes`);
}
