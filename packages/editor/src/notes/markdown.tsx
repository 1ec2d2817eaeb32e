import { Lexer, type Token, type Tokens } from "marked";
import { createElement, Fragment, type ReactNode, useMemo } from "react";

/** Deeper nesting than anybody writes is shown as it was typed. */
const deepest = 24;
/** Longer texts too: reading them as Markdown would hold the page. */
const longest = 50_000;

/**
 * A text in Markdown. It may come from anybody: it becomes elements one by one and never HTML, so that tags in it are text;
 * pictures are their descriptions, since showing one would tell its server who looks; links lead to the web or to mail, and
 * nothing else.
 */
export default function Markdown({ text }: { readonly text: string }): ReactNode {
  return useMemo(() => (text.length > longest ? <p>{text}</p> : rendered(text)), [text]);
}

function rendered(text: string): ReactNode {
  try {
    return blocks(new Lexer({ gfm: true, breaks: true }).lex(text), 0);
  } catch {
    return <p>{text}</p>;
  }
}

function all(tokens: readonly Token[] | undefined, one: (token: Token) => ReactNode): ReactNode {
  return tokens?.map((token, index) => <Fragment key={index}>{one(token)}</Fragment>);
}

function blocks(tokens: readonly Token[] | undefined, depth: number): ReactNode {
  if (depth > deepest) return tokens?.map(({ raw }) => raw).join("");
  return all(tokens, (token) => block(token, depth));
}

function block(token: Token, depth: number): ReactNode {
  switch (token.type) {
    case "space":
    case "def":
      return null;
    case "heading":
      return createElement(`h${Math.min(6, (token as Tokens.Heading).depth + 2)}`, null, inline(token.tokens, depth));
    case "paragraph":
      return <p>{inline(token.tokens, depth)}</p>;
    case "blockquote":
      return <blockquote>{blocks(token.tokens, depth + 1)}</blockquote>;
    case "code":
      return (
        <pre>
          <code>{(token as Tokens.Code).text}</code>
        </pre>
      );
    case "hr":
      return <hr />;
    case "list":
      return list(token as Tokens.List, depth);
    case "table":
      return table(token as Tokens.Table, depth);
    case "html":
      return <p>{token.raw}</p>;
    default:
      return inlineToken(token, depth);
  }
}

function list({ ordered, start, items }: Tokens.List, depth: number): ReactNode {
  const entries = items.map((item, index) => (
    <li key={index} className={item.task ? "is-task" : undefined}>
      {item.task && <input type="checkbox" checked={item.checked === true} disabled />}
      {blocks(item.tokens, depth + 1)}
    </li>
  ));
  return ordered ? <ol start={start === "" ? undefined : start}>{entries}</ol> : <ul>{entries}</ul>;
}

function table({ header, rows }: Tokens.Table, depth: number): ReactNode {
  return (
    <table>
      <thead>
        <tr>
          {header.map((cell, index) => (
            <th key={index}>{inline(cell.tokens, depth + 1)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, at) => (
              <td key={at}>{inline(cell.tokens, depth + 1)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function inline(tokens: readonly Token[] | undefined, depth: number): ReactNode {
  if (depth > deepest) return tokens?.map(({ raw }) => raw).join("");
  return all(tokens, (token) => inlineToken(token, depth));
}

function inlineToken(token: Token, depth: number): ReactNode {
  switch (token.type) {
    case "strong":
      return <strong>{inline(token.tokens, depth + 1)}</strong>;
    case "em":
      return <em>{inline(token.tokens, depth + 1)}</em>;
    case "del":
      return <del>{inline(token.tokens, depth + 1)}</del>;
    case "codespan":
      return <code>{(token as Tokens.Codespan).text}</code>;
    case "br":
      return <br />;
    case "checkbox":
      return null;
    case "link":
      return link(token as Tokens.Link, inline(token.tokens, depth + 1));
    case "image":
      return link(token as Tokens.Image, (token as Tokens.Image).text || (token as Tokens.Image).href);
    case "text":
    case "escape":
      return "tokens" in token && token.tokens ? inline(token.tokens, depth + 1) : decoded((token as Tokens.Text).text);
    default:
      return token.raw;
  }
}

function link({ href }: { readonly href: string }, children: ReactNode): ReactNode {
  const address = safeAddress(href);
  if (address === undefined) return children;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer" title={address}>
      {children}
    </a>
  );
}

const harmless: ReadonlySet<string> = new Set(["https:", "http:", "mailto:"]);

/** The whole address, so that what is shown on hover is where it leads; undefined for what a link may not be. */
function safeAddress(href: string): string | undefined {
  const url = URL.canParse(href) ? new URL(href) : undefined;
  return url && harmless.has(url.protocol) ? url.href : undefined;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0" };

function decoded(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot|nbsp);/g, (_whole, name: string) => entities[name]!);
}
