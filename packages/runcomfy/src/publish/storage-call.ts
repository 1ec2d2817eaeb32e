import type { Agent } from "undici";
import { noAnswer } from "../http-call.ts";
import { badPublisher, publishError } from "./publish-error.ts";

/** One call to a storage. */
interface StorageCall {
  readonly method: "HEAD" | "PUT";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** A storage's answer, of which a refusal's text is short. */
export interface StorageAnswer {
  readonly status: number;
  readonly text: string;
}

/** Makes calls to a storage for one upload. */
export type CallStorage = (call: StorageCall) => Promise<StorageAnswer>;

/** Milliseconds that one part of a call may take. */
const CALL = 120_000;
const CONNECT = 10_000;
/** Characters of an answer that are read. */
const LONGEST_ANSWER = 4_096;

/**
 * Runs an upload's calls over connections of their own, which are closed at its end. Errors are `remote.publish`, or the
 * reason of an aborted signal.
 */
export async function withStorage<T>(
  { label, secrets, signal }: StorageOptions,
  work: (call: CallStorage) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const { Agent } = await import("undici");
  const agent = new Agent({ connect: { timeout: CONNECT }, headersTimeout: CALL, bodyTimeout: CALL });
  try {
    return await work((call) => callStorage(agent, call, { label, secrets, signal }));
  } finally {
    await agent.destroy();
  }
}

/** Whose calls these are. */
export interface StorageOptions {
  readonly label: string;
  readonly secrets: readonly (string | undefined)[];
  readonly signal?: AbortSignal | undefined;
}

async function callStorage(
  agent: Agent,
  { method, url, headers = {}, body }: StorageCall,
  { label, secrets, signal }: StorageOptions,
): Promise<StorageAnswer> {
  const { origin, pathname, search } = new URL(url);
  try {
    const response = await agent.request({
      origin,
      path: pathname + search,
      method,
      headers,
      ...(body && { body }),
      ...(signal && { signal }),
    });
    let text = "";
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      if (text.length < LONGEST_ANSWER) text += Buffer.from(chunk).toString("utf8");
    }
    return { status: response.statusCode, text: text.slice(0, LONGEST_ANSWER) };
  } catch (error) {
    signal?.throwIfAborted();
    throw publishError({ label, secrets, reason: `${new URL(url).host}: ${noAnswer(error, true).reason}` });
  }
}

/** Why a storage refused: the code and message of an S3 answer, else its status. */
export function refusalOf({ status, text }: StorageAnswer): string {
  const part = (name: string): string | undefined => new RegExp(`<${name}>([^<]{1,200})</${name}>`).exec(text)?.[1];
  const said = [part("Code"), part("Message")].filter(Boolean).join(": ");
  return `the storage answers HTTP ${status}${said === "" ? "" : ` ${said}`}`;
}

/** Reads an address of a publisher's settings. Throws `remote.config` unless it is https, or http on this machine. */
export function storageUrl(text: string, what: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHere = url !== undefined && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  const allowed = url?.protocol === "https:" || (url?.protocol === "http:" && isHere);
  if (url && allowed && !url.username && !url.password) return url;
  throw badPublisher(what, "an https address without credentials");
}

/** A name's ending by its type, so that who fetches it knows what it is; empty for types that nobody sends. */
export function extensionOf(mime: string): string {
  return extensions[mime] ?? "";
}

const extensions: Readonly<Record<string, string>> = {
  "image/png": ".png",
  "image/jpeg": ".jpg",
  "image/webp": ".webp",
  "video/mp4": ".mp4",
  "video/webm": ".webm",
  "video/quicktime": ".mov",
};
