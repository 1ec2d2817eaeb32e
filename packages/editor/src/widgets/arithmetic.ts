/**
 * What an arithmetic text comes to: numbers, `+ - * / % ^`, parentheses, and a decimal comma. Undefined when it is none, or
 * comes to no finite number.
 *
 * @example
 * evaluate("512*2"); // 1024
 */
export function evaluate(text: string): number | undefined {
  const tokens = text.replaceAll(",", ".").match(/\d+\.?\d*(?:e[+-]?\d+)?|\.\d+|[-+*/%^()]|\S/gi);
  if (!tokens || tokens.length > 200) return undefined;
  const reader = { tokens, at: 0 };
  const value = sum(reader);
  return reader.at === tokens.length && value !== undefined && Number.isFinite(value) ? value : undefined;
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

function sum(reader: Reader): number | undefined {
  let value = product(reader);
  while (value !== undefined && (reader.tokens[reader.at] === "+" || reader.tokens[reader.at] === "-")) {
    const isMinus = reader.tokens[reader.at++] === "-";
    const next = product(reader);
    value = next === undefined ? undefined : isMinus ? value - next : value + next;
  }
  return value;
}

function product(reader: Reader): number | undefined {
  let value = power(reader);
  for (;;) {
    const operator = reader.tokens[reader.at];
    if (value === undefined || (operator !== "*" && operator !== "/" && operator !== "%")) return value;
    reader.at++;
    const next = power(reader);
    if (next === undefined) return undefined;
    value = operator === "*" ? value * next : operator === "/" ? value / next : value % next;
  }
}

function power(reader: Reader): number | undefined {
  const base = signed(reader);
  if (base === undefined || reader.tokens[reader.at] !== "^") return base;
  reader.at++;
  const exponent = power(reader);
  return exponent === undefined ? undefined : base ** exponent;
}

function signed(reader: Reader): number | undefined {
  let sign = 1;
  while (reader.tokens[reader.at] === "-" || reader.tokens[reader.at] === "+") {
    if (reader.tokens[reader.at++] === "-") sign = -sign;
  }
  const value = atom(reader);
  return value === undefined ? undefined : sign * value;
}

function atom(reader: Reader): number | undefined {
  const token = reader.tokens[reader.at++];
  if (token !== "(") return token !== undefined && /^[\d.]/.test(token) ? Number(token) : undefined;
  const value = sum(reader);
  return reader.tokens[reader.at++] === ")" ? value : undefined;
}
