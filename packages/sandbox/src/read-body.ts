import type { IncomingMessage } from "node:http";
import { ApiError } from "./api-error.ts";

/** The largest body of a request, in bytes: 70 MiB, a little above the 64 MiB that the API's own clients allow themselves. */
export const MAX_BODY_BYTES = 70 * 1024 * 1024;

/** How deep a body may be nested: no model's input is near it, and whoever walks through a body may do so plainly. */
const MAX_DEPTH = 64;

/**
 * Reads a request's body as JSON.
 *
 * @throws {ApiError} `bodyTooLarge` (413) above `maxBytes`, `invalidBody` (422) if it is not JSON or nested deeper than 64.
 */
export async function readJsonBody(request: IncomingMessage, maxBytes = MAX_BODY_BYTES): Promise<unknown> {
  const json = parse(await readBody(request, maxBytes));
  if (isDeeper(json, MAX_DEPTH)) throw invalid(`The body is nested deeper than ${MAX_DEPTH}`, "json_depth");
  return json;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw invalid("The body is not JSON", "json_invalid");
  }
}

/** Without recursion, which is what a deep body would break. */
function isDeeper(json: unknown, most: number): boolean {
  let level: unknown[] = [json];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true;
    level = level.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
  }
  return false;
}

function invalid(msg: string, type: string): ApiError {
  return new ApiError("invalidBody", msg, { detail: [{ loc: ["body"], msg, type }] });
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
