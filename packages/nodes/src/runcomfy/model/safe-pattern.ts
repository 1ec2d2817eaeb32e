/** Steps that matching a text may take at worst. */
const mostSteps = 10_000_000;
/** Characters that a text with a pattern may have, when its schema does not say. */
export const longestPatterned = 2000;

/**
 * Whether a regular expression can be used on a text of at most `longest` characters without the risk that somebody
 * makes it run for ever: `undefined` when it can, else why not.
 *
 * A backtracking matcher tries, at worst, every way in which the pattern's parts can share the text. That number is the
 * product of what each part can choose: `longest` for `*` and `+`, the range for `{2,5}`, the count of alternatives for
 * `a|b`, and the start for a pattern that does not begin with `^`. More than ten million are refused, and so is what
 * this count does not cover: look-around, references to groups, and groups that repeat without end.
 */
export function patternProblem(source: string, longest: number): string | undefined {
  try {
    // oxlint-disable-next-line no-new -- only its syntax matters here
    new RegExp(source, "u");
  } catch {
    return "it is not a regular expression";
  }
  try {
    const reader = new PatternReader(source, longest);
    const ways = reader.alternatives() * (source.startsWith("^") && !reader.hasOuterChoice ? 1 : longest);
    return ways <= mostSteps ? undefined : "matching it may take very long";
  } catch (error) {
    if (error instanceof Unsupported) return error.message;
    throw error;
  }
}

class Unsupported extends Error {}

/** Reads a pattern that is known to be valid with the flag `u`, and counts its choices. */
class PatternReader {
  readonly #source: string;
  readonly #longest: number;
  #at = 0;
  #depth = 0;
  hasOuterChoice = false;

  constructor(source: string, longest: number) {
    this.#source = source;
    this.#longest = Math.max(1, longest);
  }

  /** Alternatives up to the end or a closing parenthesis: the sum of their ways. */
  alternatives(): number {
    let ways = this.#sequence();
    while (this.#peek() === "|") {
      if (this.#depth === 0) this.hasOuterChoice = true;
      this.#at += 1;
      ways += this.#sequence();
    }
    return ways;
  }

  #sequence(): number {
    let ways = 1;
    for (let next = this.#peek(); next !== undefined && next !== "|" && next !== ")"; next = this.#peek()) {
      ways *= next === "(" ? this.#group() : this.#repeated(1, this.#atom());
    }
    return ways;
  }

  #group(): number {
    const [opening = "("] = /^\((?:\?[^)]?)?/.exec(this.#source.slice(this.#at)) ?? [];
    if (opening !== "(" && opening !== "(?:") throw new Unsupported("it looks around or names a group");
    this.#at += opening.length;
    this.#depth += 1;
    if (this.#depth > 20) throw new Unsupported("its groups nest too deep");
    const inner = this.alternatives();
    this.#depth -= 1;
    this.#at += 1;
    return this.#repeated(inner, true);
  }

  /** The ways of a part with the quantifier that follows it. */
  #repeated(inner: number, isGroup: boolean): number {
    const [text, low = "", comma, high = ""] =
      /^(?:[*+?]|\{(\d+)(,)?(\d*)\})\??/.exec(this.#source.slice(this.#at)) ?? [];
    if (text === undefined) return inner;
    this.#at += text.length;
    const [least, most] = quantity(text, low, comma !== undefined, high);
    if (!isGroup) return Math.min(most, this.#longest) - Math.min(least, this.#longest) + 1;
    if (most > 64) throw new Unsupported("it repeats a group without end");
    return inner ** most * (most - least + 1);
  }

  /** Passes one character, class or escape; `false`, since it is no group. */
  #atom(): false {
    const rest = this.#source.slice(this.#at);
    if (rest.startsWith("[")) {
      this.#at += /^\[(?:\\.|[^\]\\])*\]/su.exec(rest)?.[0].length ?? 1;
    } else if (rest.startsWith("\\")) {
      if (/^\\[1-9k]/.test(rest)) throw new Unsupported("it refers to a group");
      this.#at += /^\\(?:[pPu]\{[^}]*\}|u[0-9a-f]{4}|x[0-9a-f]{2}|c[a-z]|.)/isu.exec(rest)?.[0].length ?? 1;
    } else {
      this.#at += 1;
    }
    return false;
  }

  #peek(): string | undefined {
    return this.#source[this.#at];
  }
}

function quantity(text: string, low: string, hasComma: boolean, high: string): readonly [least: number, most: number] {
  if (text.startsWith("*")) return [0, Infinity];
  if (text.startsWith("+")) return [1, Infinity];
  if (text.startsWith("?")) return [0, 1];
  const most = high === "" ? (hasComma ? Infinity : Number(low)) : Number(high);
  return [Number(low), most];
}
