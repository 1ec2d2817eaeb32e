import type { Context, MiddlewareHandler } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import { owner } from "./access.ts";
import type { Access } from "./access.ts";
import type { HttpEnvironment } from "./environment.ts";
import { httpError } from "./http-error.ts";
import { sessionSeconds } from "./sessions.ts";

/** Cookies know no ports, so that the name says which of a machine's servers it is for. */
function cookieName(port: number): string {
  return `inlay-${port}`;
}

/** Lets requests with a valid token or cookie through, and says who sent them. */
export function authenticate(access: Access, port: number): MiddlewareHandler<HttpEnvironment> {
  return async (c, next) => {
    const client = await clientOf(c, access, port);
    if (client === undefined) {
      throw httpError("auth.required", "This needs the cookie or the token of this server.", {
        suggestion: "Open the address that `inlay serve` printed, or send `Authorization: Bearer …`.",
      });
    }
    c.set("client", client);
    await next();
  };
}

/** Lets only the owner through: for what is not a client's own, such as paid jobs and settings. */
export const ownerOnly: MiddlewareHandler<HttpEnvironment> = async (c, next) => {
  if (c.get("client") !== owner) throw httpError("auth.owner", "Only the owner of the server may do this.");
  await next();
};

async function clientOf(c: Context<HttpEnvironment>, access: Access, port: number): Promise<string | undefined> {
  const authorization = c.req.header("authorization");
  // A wrong token is never made good by a cookie.
  if (authorization !== undefined) {
    const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
    return token === undefined ? undefined : access.clientOfToken(token);
  }
  for (const secret of secretsIn(c, port)) {
    const client = await access.clientOfCookie(secret);
    if (client !== undefined) return client;
  }
  return undefined;
}

/**
 * The values of the cookie. There may be several: a page of another port may set one of this name for a longer path, which
 * comes first and must not keep out who has come in.
 */
function secretsIn(c: Context, port: number): readonly string[] {
  const pairs = (c.req.header("cookie") ?? "").split(";").map((pair) => pair.trim().split("="));
  return pairs.flatMap(([name, value]) => (name === cookieName(port) && value ? [value] : [])).slice(0, mostCookies);
}

/** Each is looked up. */
const mostCookies = 4;

/** Gives the browser its cookie for a one-time key. Throws `auth.key`. */
export async function openSession(c: Context, access: Access, options: { key: string; port: number }): Promise<void> {
  const secret = await access.exchange(options.key);
  if (secret === undefined) {
    throw httpError("auth.key", "This address has been used already, or was made by an earlier start of the server.", {
      suggestion: "Restart `inlay serve` for a new one, or use the browser that opened it.",
    });
  }
  setCookie(c, cookieName(options.port), secret, {
    httpOnly: true,
    sameSite: "Strict",
    path: "/",
    maxAge: sessionSeconds,
  });
}

/** Takes the cookie back. */
export async function closeSession(c: Context, access: Access, port: number): Promise<void> {
  for (const secret of secretsIn(c, port)) await access.leave(secret);
  deleteCookie(c, cookieName(port), { path: "/" });
}
