/**
 * Controls (among them those that begin a terminal's escape sequences), line separators, halves of surrogate pairs, and
 * the marks that turn the direction of all that follows.
 */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;

/** Longer texts say nothing more to a person. */
const longest = 2000;

/**
 * A text from a stranger as one line that a terminal only shows and never obeys: what cannot be printed is written as
 * its escape, such as `\u001b`, and beyond 2000 characters it is cut.
 */
export function printable(text: string): string {
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return short.replaceAll(unprintable, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
