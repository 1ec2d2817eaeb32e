import { createScanner } from "jsonc-parser";

/** A place in a text, for people: both numbers count from 1, columns in UTF-16 units. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** What `walkJson` tells as it goes through a text. */
export interface JsonVisitor {
  /** An object's key, before its value. */
  member?(key: string, place: TextPlace): void;
  /** An item of an array, before its value. */
  item?(index: number, place: TextPlace): void;
  number?(text: string, place: TextPlace): void;
  /** An object or array begins; `depth` counts it. False ends the walk. */
  open?(container: "object" | "array", depth: number, place: TextPlace): boolean;
  close?(): void;
  /** The text is not JSON here. The walk ends unless the problem is a comment or a trailing comma. */
  problem?(message: string, place: TextPlace): void;
}

/** The scanner's token kinds; its own table is a `const enum`, which separately compiled modules cannot read. */
const token = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  lineComment: 12,
  blockComment: 13,
  lineBreak: 14,
  space: 15,
  end: 17,
} as const;

/** What the scanner's error numbers mean. */
const scanErrors: readonly string[] = [
  "",
  "A comment has no end.",
  "A text has no closing quote on its line.",
  "A number is incomplete.",
  "A `\\u` escape needs four hexadecimal digits.",
  "A text holds an unknown escape.",
  "A text holds a control character.",
];

type Expecting = "value" | "first item" | "item" | "first key" | "key" | "colon" | "separator" | "end";

/** Goes through a JSON text once, without recursion, and tells the visitor what it meets. */
export function walkJson(text: string, visitor: JsonVisitor): void {
  const walk = new JsonWalk(text, visitor);
  while (walk.step()) {
    // Each step consumes one token.
  }
}

/** A walk under way: the scanner, the open containers and what may come next. */
class JsonWalk {
  readonly #scanner: ReturnType<typeof createScanner>;
  readonly #visitor: JsonVisitor;
  /** For each open container the number of items so far, or -1 for an object. */
  readonly #open: number[] = [];
  #expecting: Expecting = "value";

  constructor(text: string, visitor: JsonVisitor) {
    this.#scanner = createScanner(text, false);
    this.#visitor = visitor;
  }

  /** Consumes one token; false when the walk is over. */
  step(): boolean {
    const kind: number = this.#scanner.scan();
    if (kind === token.space || kind === token.lineBreak) return true;
    const scanError = this.#scanner.getTokenError();
    if (scanError !== 0) return this.#fail(scanErrors[scanError] ?? "The text is not JSON.");
    if (kind === token.lineComment || kind === token.blockComment) return this.#tolerate("JSON has no comments.");
    switch (this.#expecting) {
      case "first key":
      case "key":
        return this.#key(kind);
      case "colon":
        return this.#colon(kind);
      case "separator":
        return this.#separator(kind);
      case "end":
        return kind !== token.end && this.#fail("Something follows the end of the document.");
      default:
        return this.#value(kind);
    }
  }

  #key(kind: number): boolean {
    if (kind === token.closeBrace) {
      if (this.#expecting === "key") this.#tolerate("A comma stands before the closing brace.");
      return this.#close();
    }
    if (kind !== token.string) return this.#unexpected(kind, "a key in double quotes");
    this.#visitor.member?.(this.#scanner.getTokenValue(), this.#place());
    this.#expecting = "colon";
    return true;
  }

  #colon(kind: number): boolean {
    if (kind !== token.colon) return this.#unexpected(kind, "a colon");
    this.#expecting = "value";
    return true;
  }

  #separator(kind: number): boolean {
    const inObject = this.#open.at(-1) === -1;
    if (kind === token.comma) {
      this.#expecting = inObject ? "key" : "item";
      return true;
    }
    if (kind === (inObject ? token.closeBrace : token.closeBracket)) return this.#close();
    return this.#unexpected(kind, inObject ? "a comma or `}`" : "a comma or `]`");
  }

  #value(kind: number): boolean {
    const inArray = this.#expecting !== "value";
    if (kind === token.closeBracket && inArray) {
      if (this.#expecting === "item") this.#tolerate("A comma stands before the closing bracket.");
      return this.#close();
    }
    const isOpening = kind === token.openBrace || kind === token.openBracket;
    if (!isOpening && !isScalar(kind)) return this.#unexpected(kind, "a value");
    if (inArray) this.#item();
    if (isOpening) return this.#openContainer(kind);
    if (kind === token.number) this.#visitor.number?.(this.#scanner.getTokenValue(), this.#place());
    return this.#afterValue();
  }

  #item(): void {
    const index = this.#open.at(-1) ?? 0;
    this.#open[this.#open.length - 1] = index + 1;
    this.#visitor.item?.(index, this.#place());
  }

  #openContainer(kind: number): boolean {
    const isObject = kind === token.openBrace;
    this.#open.push(isObject ? -1 : 0);
    this.#expecting = isObject ? "first key" : "first item";
    return this.#visitor.open?.(isObject ? "object" : "array", this.#open.length, this.#place()) !== false;
  }

  #close(): boolean {
    this.#open.pop();
    this.#visitor.close?.();
    return this.#afterValue();
  }

  #afterValue(): boolean {
    this.#expecting = this.#open.length === 0 ? "end" : "separator";
    return true;
  }

  #unexpected(kind: number, expected: string): boolean {
    const found = kind === token.end ? "the file ends" : `\`${excerpt(this.#scanner, kind)}\` stands`;
    return this.#fail(`Here ${found} where ${expected} is expected.`);
  }

  #tolerate(message: string): true {
    this.#visitor.problem?.(message, this.#place());
    return true;
  }

  #fail(message: string): false {
    this.#visitor.problem?.(message, this.#place());
    return false;
  }

  #place(): TextPlace {
    return { line: this.#scanner.getTokenStartLine() + 1, column: this.#scanner.getTokenStartCharacter() + 1 };
  }
}

function isScalar(kind: number): boolean {
  return kind >= token.null && kind <= token.number;
}

const punctuation: readonly string[] = ["", "{", "}", "[", "]", ",", ":", "null", "true", "false"];

function excerpt(scanner: ReturnType<typeof createScanner>, kind: number): string {
  const value = punctuation[kind] ?? scanner.getTokenValue();
  const short = value.length > 20 ? `${value.slice(0, 20)}…` : value;
  return kind === token.string ? `"${short}"` : short;
}
