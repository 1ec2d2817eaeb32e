/** Whether an `If-None-Match` names this version, so that 304 is the whole answer. */
export function isCurrent(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const named = new Set(header.split(",").map((tag) => tag.trim().replace(/^W\//, "")));
  return named.has(etag) || named.has("*");
}
