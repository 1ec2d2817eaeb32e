import { hash, randomBytes } from "node:crypto";
import { EngineError } from "@inlay/engine";
import type { Environment } from "../remote.ts";
import type { SessionStore } from "./sessions.ts";

/** Who may use the server, and how they prove it. */
export interface Access {
  /** A new address part that works once: `/open?key=…`. */
  newKey(): string;
  /** Exchanges a one-time key for the secret of a cookie; undefined when the key is none or was used. */
  exchange(key: string): Promise<string | undefined>;
  /** The client that a bearer token or a cookie's secret stands for. */
  clientOfToken(token: string): string | undefined;
  clientOfCookie(secret: string): Promise<string | undefined>;
  /** Makes a cookie's secret worthless. */
  leave(secret: string): Promise<void>;
  /** The owner's token when the environment gave none: to be shown once. */
  readonly madeToken: string | undefined;
}

/** The client of the person whose server it is. */
export const owner = "owner";

const leastTokenLength = 16;
const secretBytes = 32;

/**
 * Reads tokens from the environment: `INLAY_TOKEN` is the owner's, `INLAY_TOKENS` has more clients as `name=token`, with
 * commas between them. Fails with `auth.tokens` for a token under 16 characters, a name twice, or what is no `name=token`.
 *
 * Only hashes are kept, and secrets are compared by them: what a comparison of hashes takes says nothing about a secret.
 */
export function createAccess(env: Environment, sessions: SessionStore): Access {
  const given = env["INLAY_TOKEN"]?.trim();
  const madeToken = given ? undefined : randomSecret();
  const clients = new Map<string, string>();
  for (const [name, token] of [[owner, given || madeToken!] as const, ...namedTokens(env)]) {
    addClient(clients, name, token);
  }
  const keys = new Set<string>();

  return {
    madeToken,
    newKey() {
      const key = randomSecret();
      keys.add(digest(key));
      return key;
    },
    async exchange(key) {
      if (!keys.delete(digest(key))) return undefined;
      const secret = randomSecret();
      await sessions.add(digest(secret), owner);
      return secret;
    },
    clientOfToken: (token) => clients.get(digest(token)),
    clientOfCookie: (secret) => sessions.find(digest(secret)),
    leave: (secret) => sessions.remove(digest(secret)),
  };
}

function addClient(clients: Map<string, string>, name: string, token: string): void {
  if (token.length < leastTokenLength) {
    throw badTokens(`The token of \`${name}\` is too short.`, `at least ${leastTokenLength} characters`);
  }
  if (clients.has(digest(token)) || [...clients.values()].includes(name)) {
    throw badTokens(`The client \`${name}\` or its token is named twice.`, "a name and a token for each client");
  }
  clients.set(digest(token), name);
}

function namedTokens(env: Environment): (readonly [string, string])[] {
  const entries = (env["INLAY_TOKENS"] ?? "").split(",").filter((entry) => entry.trim() !== "");
  return entries.map((entry) => {
    const [, name, token] = /^\s*([a-z][a-z0-9_-]{0,31})=(\S+)\s*$/.exec(entry) ?? [];
    if (name === undefined || token === undefined) {
      throw badTokens("INLAY_TOKENS is not a list of clients.", "name=token,name=token");
    }
    return [name, token];
  });
}

function badTokens(message: string, expected: string): EngineError {
  return new EngineError({ code: "auth.tokens", message, expected });
}

function randomSecret(): string {
  return randomBytes(secretBytes).toString("base64url");
}

function digest(secret: string): string {
  return hash("sha256", secret);
}
