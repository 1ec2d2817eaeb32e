import { isJsonObject, type JsonObject, type JsonValue } from "@inlay/engine";
import { modelError } from "./model-error.ts";

/** Levels of a schema, with its references unfolded. */
const deepest = 24;
/** Schemas within a schema, with its references unfolded: a small file can stand for millions. */
const most = 5_000;

/** One schema within a model's schema. */
export interface SchemaPlace {
  readonly schema: JsonObject;
  /** A path for people, such as `properties.loras.items`. */
  readonly path: string;
}

/** Goes down a schema, follows its references, and notes what is odd. */
export interface SchemaWalk {
  /** The schema that a value is, with what it refers to merged in; undefined when it is none. */
  enter(value: JsonValue | undefined, path: string): SchemaPlace | undefined;
  leave(): void;
  note(sentence: string): void;
  /** What was noted so far, each sentence once. */
  notes(): readonly string[];
}

/**
 * Walks a model's schema. References to elsewhere in the same schema (`#/…`) are followed; all others are
 * `model.remote-ref`, circles are `model.recursive`, and what grows beyond 24 levels or 5,000 parts is `model.too-deep`.
 */
export function walkSchema(root: JsonObject): SchemaWalk {
  const open: string[][] = [];
  const notes = new Set<string>();
  let count = 0;

  const follow = (schema: JsonObject, path: string, followed: string[]): JsonObject => {
    for (const key of ["$dynamicRef", "$recursiveRef"]) {
      if (Object.hasOwn(schema, key)) throw remote(schema[key], path);
    }
    if (!Object.hasOwn(schema, "$ref")) return schema;
    const { $ref: reference, ...beside } = schema;
    if (typeof reference !== "string" || !/^#(?:\/|$)/.test(reference)) throw remote(reference, path);
    if (followed.includes(reference) || open.some((refs) => refs.includes(reference))) {
      throw modelError("model.recursive", "The schema refers to itself in a circle.", {
        where: path,
        received: reference,
      });
    }
    followed.push(reference);
    const target = pointed(root, reference);
    if (!isJsonObject(target)) {
      throw modelError("model.not-a-schema", "A reference leads nowhere.", { where: path, received: reference });
    }
    return { ...follow(target, path, followed), ...beside };
  };

  return {
    notes: () => [...notes],
    note: (sentence) => void notes.add(sentence),
    enter(value, path) {
      if (!isJsonObject(value)) return undefined;
      count += 1;
      if (open.length >= deepest || count > most) {
        throw modelError("model.too-deep", "The schema is too deep, or too large once its references are unfolded.", {
          where: path,
          expected: `at most ${deepest} levels and ${most} parts`,
        });
      }
      const followed: string[] = [];
      open.push(followed);
      return { schema: follow(value, path, followed), path };
    },
    leave: () => void open.pop(),
  };
}

function remote(reference: JsonValue | undefined, path: string): Error {
  return modelError("model.remote-ref", "The schema refers to something outside of itself.", {
    where: path,
    expected: "a reference that begins with `#/`",
    received: JSON.stringify(reference ?? null).slice(0, 200),
  });
}

/** What a JSON Pointer in a URL's fragment leads to (RFC 6901). */
function pointed(root: JsonObject, reference: string): JsonValue | undefined {
  const parts = reference.slice(1).split("/").slice(1);
  let place: JsonValue | undefined = root;
  for (const part of parts) {
    const name = decoded(part).replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(place)) place = (place as readonly JsonValue[])[Number(name)];
    else place = isJsonObject(place) && Object.hasOwn(place, name) ? place[name] : undefined;
  }
  return place;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
