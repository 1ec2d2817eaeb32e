import type { RemoteErrorCode } from "./errors.ts";
import type { Answer } from "./http-call.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "./json.ts";

/** What an answer that is not the hoped-for one says. */
export interface Refusal {
  readonly code: RemoteErrorCode;
  /** The service's words, not yet redacted; may be empty. */
  readonly words: string;
  /** The input that it is about. */
  readonly input?: string;
}

/** The body's own codes. They say more than the HTTP status, which may even be 200. */
const BODY_CODES: { readonly [code: string]: RemoteErrorCode } = {
  400001: "remote.model",
  400002: "remote.balance",
  400004: "remote.auth",
  401001: "remote.auth",
  403001: "remote.auth",
  403003: "remote.auth",
  404001: "remote.model",
  422001: "remote.schema",
  500001: "remote.server",
};

const HTTP_CODES: { readonly [status: number]: RemoteErrorCode } = {
  401: "remote.auth",
  402: "remote.balance",
  403: "remote.auth",
  404: "remote.model",
  413: "remote.media",
  422: "remote.schema",
  429: "remote.rate-limit",
};

const MODERATION = /moderat|nsfw|content[ _-]polic|safety (?:system|filter|checker)|flagged/i;

/** Whether a text says that the content was refused. */
export function soundsLikeModeration(words: string): boolean {
  return MODERATION.test(words);
}

/** The `error_code` of a body, when it has one that means an error. */
export function bodyCode(json: JsonObject | undefined): string | undefined {
  const code = json?.error_code;
  return (typeof code === "number" && code !== 0) || (typeof code === "string" && code !== "")
    ? String(code)
    : undefined;
}

/**
 * Reads why a request was refused. `inputs` are the names of what was sent, so that a sentence that begins with one of
 * them is understood to be about it.
 */
export function readRefusal(answer: Answer, inputs: readonly string[] = []): Refusal {
  const details = detailsOf(answer.json);
  const words = wordsOf(answer) ?? details.map(detailText).join("; ");
  const input = details.map(detailInput).find(Boolean) ?? namedFirst(words, inputs);
  return { code: codeOf(answer, words, details.length > 0), words, ...(input ? { input } : {}) };
}

/** The service's text in a body: the first of the keys that it uses. */
export function bodyWords(json: JsonObject | undefined): string | undefined {
  const texts = [json?.error_message, json?.message, json?.error, json?.detail];
  return texts.find((text): text is string => typeof text === "string" && text !== "");
}

function wordsOf({ json, text, status }: Answer): string | undefined {
  if (json) return bodyWords(json) ?? (detailsOf(json).length > 0 ? undefined : text);
  return text.trim().startsWith("<") ? `HTTP ${status} with a web page instead of an answer` : text;
}

function codeOf({ status, json }: Answer, words: string, hasDetails: boolean): RemoteErrorCode {
  const byBody = BODY_CODES[bodyCode(json) ?? ""];
  if (byBody && byBody !== "remote.schema") return byBody;
  const aboutContent = byBody !== undefined || status < 300 || [400, 403, 422].includes(status);
  if (aboutContent && soundsLikeModeration(words)) return "remote.moderation";
  if (byBody) return byBody;
  if (status >= 500 || status === 408) return "remote.server";
  return HTTP_CODES[status] ?? (status === 400 && hasDetails ? "remote.schema" : "remote.rejected");
}

function detailsOf(json: JsonObject | undefined): readonly JsonValue[] {
  return Array.isArray(json?.detail) ? json.detail : [];
}

function detailText(detail: JsonValue): string {
  if (typeof detail === "string") return detail;
  if (!isJsonObject(detail)) return "";
  const text = [detail.msg, detail.message].find((value) => typeof value === "string") ?? "refused";
  const input = detailInput(detail);
  return input ? `${input}: ${text}` : text;
}

/** A detail's input: `loc: ["body", "loras", 0, "path"]` is about `loras`. */
function detailInput(detail: JsonValue): string | undefined {
  if (!isJsonObject(detail)) return undefined;
  if (typeof detail.field === "string") return detail.field;
  if (!Array.isArray(detail.loc)) return undefined;
  return detail.loc.find(
    (part): part is string => typeof part === "string" && !["body", "input", "inputs"].includes(part),
  );
}

function namedFirst(words: string, inputs: readonly string[]): string | undefined {
  const first = /^["'`]?(\w+)/.exec(words)?.[1];
  return inputs.find((input) => input === first);
}
