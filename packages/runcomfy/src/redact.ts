const LONGEST = 500;

/** Removes what must not be shown from a text that the service wrote, and shortens it. */
export type Redact = (text: string) => string;

/**
 * Makes the redactor of a token: takes the token (in capitals or not, since hosts lose the difference), data URIs, long
 * base64 and the queries of URLs (they may be signed) out of a text, and cuts it at 500 characters.
 */
export function createRedactor(token: string): Redact {
  const anyCase = new RegExp(token.replaceAll(/[^\w\s]/g, "\\$&"), "gi");
  return (text) => {
    const clean = text
      .replace(anyCase, "[token]")
      .slice(0, 64 * LONGEST)
      .replace(/\bBearer\s+[^\s"']+/gi, "Bearer [token]")
      .replace(/data:[\w.+/-]*[;,][^\s"'<>)]*/gi, "[data URI]")
      .replace(/[A-Za-z0-9+/_-]{100,}={0,2}/g, "[base64]")
      .replace(/(https?:\/\/[^\s"'<>?]*)\?[^\s"'<>]*/gi, "$1?[…]")
      .replace(/\s+/g, " ")
      .trim();
    return clean.length > LONGEST ? `${clean.slice(0, LONGEST - 1)}…` : clean;
  };
}
