/**
 * Whether a path fits a pattern: `*` stands for any letters but `/`, `**` for any folders, `?` for one letter, `{a,b}` for
 * one of several; everything else for itself, large and small letters alike. A pattern without `/` is compared with the
 * last part of the path.
 *
 * @example
 * globMatcher("*.{png,jpg}")("2024/Cup.JPG"); // true
 */
export function globMatcher(pattern: string): (path: string) => boolean {
  const expression = new RegExp(`^${pattern.replaceAll(/\*\*\/|\*+|\?|\{[^{}]*\}|[^*?{]+|\{/g, translate)}$`, "iu");
  const isPath = pattern.includes("/");
  return (path) => expression.test((isPath ? path : (path.split("/").at(-1) ?? path)).normalize("NFC"));
}

function translate(part: string): string {
  if (part === "**/") return "(?:[^/]+/)*";
  if (part.startsWith("*")) return part.length > 1 ? ".*" : "[^/]*";
  if (part === "?") return "[^/]";
  if (part.length > 1 && part.startsWith("{") && part.endsWith("}")) {
    return `(?:${part.slice(1, -1).split(",").map(literal).join("|")})`;
  }
  return literal(part);
}

function literal(text: string): string {
  return text
    .normalize("NFC")
    .replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
    .replaceAll(String.raw`\-`, "-");
}
