/** How deep values of a file may be nested: `[[1]]` is two levels deep. */
export const maxJsonDepth = 64;

/** How many bytes a file may have in UTF-8: 32 MiB. */
export const maxJsonBytes = 32 * 1024 * 1024;

/** Keys that reach an object's prototype when careless code copies a file's values. */
export const forbiddenKeys: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** Whether a number survives reading and writing: finite, and an integer only within ±(2⁵³ − 1). */
export function isExactNumber(value: number): boolean {
  return Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value));
}
