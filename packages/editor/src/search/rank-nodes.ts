import { canFeed, type CatalogNode, type NodeCatalog, type ValueSchema } from "@inlay/engine";

/** A link that the new node is to take up: an output that feeds it, or an input that it feeds. */
export interface Fitting {
  readonly side: "output" | "input";
  readonly schema: ValueSchema;
}

/** A node type that was found. */
export interface Found {
  readonly node: CatalogNode;
  /** The socket that would be linked, where one fits. */
  readonly socket?: string;
}

/**
 * Node types for a text, the best first: the title or type itself, then what begins with it, then a word that does, then
 * words of the description, then letters in order. Those that fit a link come before those that do not.
 */
export function rankNodes(catalog: NodeCatalog, text: string, fitting?: Fitting): readonly Found[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const scored = Object.values(catalog.nodes).flatMap((node) => {
    const score = words.length === 0 ? 1 : scoreOf(node, words);
    if (score === 0) return [];
    const socket = fitting && fittingSocket(node, fitting);
    return [{ node, score: score + (socket === undefined ? 0 : 1000), ...(socket !== undefined && { socket }) }];
  });
  return scored
    .sort((a, b) => b.score - a.score || byCategory(a.node, b.node))
    .map(({ node, socket }) => ({ node, ...(socket !== undefined && { socket }) }));
}

/** Categories in the order of work; others follow by name. */
const categories = ["Image", "Mask", "Inpaint", "RunComfy", "Value", "Flow", "File"];

function byCategory(a: CatalogNode, b: CatalogNode): number {
  return placeOf(a) - placeOf(b) || a.category.localeCompare(b.category) || a.title.localeCompare(b.title);
}

function placeOf({ category }: CatalogNode): number {
  const place = categories.indexOf(category);
  return place < 0 ? categories.length : place;
}

/** The first socket whose type fits a link. */
export function fittingSocket(node: CatalogNode, { side, schema }: Fitting): string | undefined {
  const sockets = Object.entries(side === "output" ? node.inputs : node.outputs);
  const fits = (other: ValueSchema) => (side === "output" ? canFeed(schema, other) : canFeed(other, schema));
  const typed = sockets.find(([, socket]) => socket.schema.type === schema.type && fits(socket.schema));
  return (typed ?? sockets.find(([, socket]) => fits(socket.schema)))?.[0];
}

/** Every word must be found somewhere; the worst of them counts, and the whole text in one piece counts more. */
function scoreOf(node: CatalogNode, words: readonly string[]): number {
  const names = [node.title, node.type, ...(node.aliases ?? [])].map((name) => name.toLowerCase());
  const whole = words.join(" ");
  const best = Math.min(...words.map((word) => wordScore(names, node.description.toLowerCase(), word)));
  return best === 0 ? 0 : Math.max(best, nameScore(names, whole));
}

function wordScore(names: readonly string[], description: string, word: string): number {
  const score = nameScore(names, word);
  if (score > 0) return score;
  if (description.split(/[^a-z0-9]+/).some((part) => part.startsWith(word))) return 15;
  return names.slice(0, 2).some((name) => inOrder(name, word)) ? 10 : 0;
}

function nameScore(names: readonly string[], text: string): number {
  return Math.max(
    0,
    ...names.map((name, index) => {
      const weight = index < 2 ? 1 : 0.8;
      if (name === text || name.endsWith(`/${text}`)) return 100 * weight;
      if (name.startsWith(text)) return 80 * weight;
      if (name.split(/[^a-z0-9]+/).some((part) => part.startsWith(text))) return 60 * weight;
      return name.includes(text) ? 40 * weight : 0;
    }),
  );
}

/** Whether the letters stand in the name in this order, the first at the start of a word. */
function inOrder(name: string, letters: string): boolean {
  if (letters.length < 2) return false;
  return name.split(/[^a-z0-9]+/).some((_, index, parts) => {
    const rest = parts.slice(index).join("");
    if (rest[0] !== letters[0]) return false;
    let at = 0;
    for (const letter of letters) {
      at = rest.indexOf(letter, at) + 1;
      if (at === 0) return false;
    }
    return true;
  });
}
