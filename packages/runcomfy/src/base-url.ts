import { problem } from "./problem.ts";

/** Where the Model API is, unless told otherwise. */
export const DEFAULT_BASE_URL = "https://model-api.runcomfy.net";

/** The API's address, checked. */
export interface BaseUrl {
  readonly origin: string;
  /** What stands between the origin and `/v1`, mostly nothing. */
  readonly prefix: string;
  /** True for this machine, where http is allowed. */
  readonly loopback: boolean;
}

/** Reads a base URL; throws `remote.config` unless it is https, or http on a loopback address. */
export function parseBaseUrl(text: string): BaseUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.username || url.password) throw badBaseUrl("is not a URL without credentials");
  const loopback = isLoopback(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback)) {
    throw badBaseUrl("must be https, or http on 127.0.0.1, localhost or [::1]");
  }
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, ""), loopback };
}

/** The path of a model's calls; throws `remote.model` for what cannot be a model's id. */
export function modelPath(model: string): string {
  const segment = "[A-Za-z0-9_][A-Za-z0-9._-]*";
  if (model.length <= 256 && new RegExp(`^${segment}(/${segment})*$`).test(model)) return `/v1/models/${model}`;
  throw problem("remote.model", { ending: "rejected", summary: "This is not the id of a RunComfy model." });
}

/** Whether the service's id of a request is safe to put into a path. */
export function isRequestId(id: unknown): id is string {
  return typeof id === "string" && /^[A-Za-z0-9_-]{1,128}$/.test(id);
}

/** The path of a call about a request; throws `remote.config` for an id that could lead elsewhere. */
export function requestPath(id: string, call: "status" | "result" | "cancel"): string {
  if (isRequestId(id)) return `/v1/requests/${id}/${call}`;
  throw problem("remote.config", { ending: "failed", summary: "This is not the id of a RunComfy request." });
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function badBaseUrl(why: string): Error {
  return problem("remote.config", {
    ending: "rejected",
    summary: `The base URL of RunComfy ${why}.`,
    suggestion: "Correct RUNCOMFY_BASE_URL, or leave it out.",
  });
}
