/**
 * How long a `Retry-After` header asks to wait, in milliseconds: seconds, or an HTTP date relative to `now`
 * (milliseconds since 1970). Undefined when it says neither.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
