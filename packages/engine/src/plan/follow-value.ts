import type { JsonValue } from "../json.ts";
import type { NodeCatalog } from "../node/description.ts";
import type { ValueSchema } from "../schema/value-schema.ts";
import { bypassSource } from "../workflow/bypass.ts";
import { own } from "../workflow/own.ts";
import { referenceOf } from "../workflow/reference.ts";
import { type NamedInput, namedInputSchema, type Reference } from "../workflow/workflow.ts";
import { innerScope, type Scope } from "./scope.ts";

/** What a value in the file comes to when disabled nodes and the walls of sub-workflows are out of the way. */
interface FollowedValue {
  readonly end: ValueEnd;
  /** What the named inputs of sub-workflows that it passed take. */
  readonly through: readonly ValueSchema[];
  /** Where it was picked up on the way, when it was: a seed belongs to that place. */
  readonly place?: string;
}

type ValueEnd =
  /** An output of a node that runs. */
  | { readonly kind: "link"; readonly scope: Scope; readonly node: string; readonly output: string }
  /** Something that is known when the run starts. */
  | { readonly kind: "reference"; readonly reference: Exclude<Reference, { kind: "link" }> }
  /** A literal; references inside of a list belong to the scope. */
  | { readonly kind: "literal"; readonly scope: Scope; readonly value: JsonValue }
  /** A muted node, or nothing at all. */
  | { readonly kind: "nothing" };

export type ValueFollower = (scope: Scope, value: JsonValue) => FollowedValue;

const nothing: FollowedValue = { end: { kind: "nothing" }, through: [] };
const untouched: readonly ValueSchema[] = [];

/**
 * A function that follows values: into sub-workflows through their named outputs, out of them through their named
 * inputs, past bypassed nodes. What ends in nothing is the default of the nearest named input that it passed.
 *
 * It remembers where links led, so that following every link takes linear time. Iterative, as all over the graph.
 *
 * @param catalog with the file's sub-workflows as types
 */
export function valueFollower(catalog: NodeCatalog): ValueFollower {
  const known = new Map<Scope, Map<string, FollowedValue>>();
  return (scope, value) => {
    const reference = referenceOf(value);
    if (reference === undefined) return { end: { kind: "literal", scope, value }, through: untouched };
    if (reference.kind === "link") {
      const isPlain = own(scope.graph.nodes, reference.node)?.disabled === undefined;
      if (isPlain && !innerScope(scope, reference.node))
        return { end: { kind: "link", scope, node: reference.node, output: reference.output }, through: untouched };
    } else if (reference.kind !== "input" || !scope.user) {
      return { end: { kind: "reference", reference }, through: untouched };
    }
    return new Walk(catalog, known).follow(scope, value);
  };
}

/** A link that was passed, and how much had been picked up before it. */
interface Passed {
  readonly memory: Map<string, FollowedValue>;
  readonly key: string;
  readonly through: number;
}

/** A default that stands in when what was given comes to nothing. */
interface Fallback {
  readonly scope: Scope;
  readonly value: JsonValue;
  readonly place: string;
  readonly passed: number;
  readonly through: number;
}

/** The way of one value, one step at a time. */
class Walk {
  readonly #catalog: NodeCatalog;
  readonly #known: Map<Scope, Map<string, FollowedValue>>;
  readonly #passed: Passed[] = [];
  readonly #fallbacks: Fallback[] = [];
  readonly #through: ValueSchema[] = [];
  #place: string | undefined;
  #scope!: Scope;
  #value: JsonValue | undefined;

  constructor(catalog: NodeCatalog, known: Map<Scope, Map<string, FollowedValue>>) {
    this.#catalog = catalog;
    this.#known = known;
  }

  follow(scope: Scope, value: JsonValue): FollowedValue {
    this.#scope = scope;
    this.#value = value;
    for (;;) {
      const end = this.#step();
      if (end?.kind === "nothing" && this.#fallBack()) continue;
      if (end) return this.#arrive(end);
    }
  }

  /** Goes one step on, or ends. */
  #step(): ValueEnd | undefined {
    if (this.#value === undefined) return nothing.end;
    const reference = referenceOf(this.#value);
    if (reference === undefined) return { kind: "literal", scope: this.#scope, value: this.#value };
    if (reference.kind === "link") return this.#stepThrough(reference.node, reference.output);
    if (reference.kind === "input" && this.#scope.user) return this.#stepOut(reference.name, this.#scope.user);
    return { kind: "reference", reference };
  }

  /** Past a disabled node, into a sub-workflow, or to the end at a node that runs. */
  #stepThrough(node: string, output: string): ValueEnd | undefined {
    const scope = this.#scope;
    const { disabled } = scope.graph.nodes[node]!;
    if (disabled === "mute") return nothing.end;
    const inner = disabled === undefined ? innerScope(scope, node) : undefined;
    if (disabled === undefined && !inner) return { kind: "link", scope, node, output };

    const memory = this.#memoryOf(scope);
    const key = `${node}\n${output}`;
    const found = memory.get(key);
    if (found) return this.#take(found);
    // Until its end is known, a link that leads back here leads nowhere.
    memory.set(key, nothing);
    this.#passed.push({ memory, key, through: this.#through.length });

    if (inner) {
      const named = own(inner.graph.outputs, output);
      this.#value = named && { $link: [named.node, named.output] };
      this.#scope = inner;
    } else {
      this.#value = bypassSource(scope.graph, this.#catalog, node, output);
      this.#place = `${scope.prefix}${node}.${output}`;
    }
    return undefined;
  }

  /** From a named input of a sub-workflow to what its user gives. */
  #stepOut(name: string, { scope, id, node }: NonNullable<Scope["user"]>): undefined {
    const declaration = this.#scope.graph.inputs[name]!;
    const place = `${scope.prefix}${id}.${name}`;
    const given = own(node.inputs, name);
    if (declaration.default !== undefined) {
      const [passed, through] = [this.#passed.length, this.#through.length];
      this.#fallbacks.push({ scope: this.#scope, value: declaration.default, place, passed, through });
    }
    if (isNarrow(declaration.type)) this.#through.push(schemaOf(declaration));
    this.#place = place;
    this.#value = given;
    this.#scope = scope;
  }

  #take({ end, through, place }: FollowedValue): ValueEnd {
    this.#through.push(...through);
    this.#place = place ?? this.#place;
    return end;
  }

  #fallBack(): boolean {
    const fallback = this.#fallbacks.pop();
    if (!fallback) return false;
    // What lies behind the named input has led to nothing, for whoever else comes that way.
    this.#passed.length = fallback.passed;
    this.#through.length = fallback.through;
    this.#scope = fallback.scope;
    this.#value = fallback.value;
    this.#place = fallback.place;
    return true;
  }

  /** Tells every link that was passed what it came to, the last one first, which has been picked up least. */
  #arrive(end: ValueEnd): FollowedValue {
    const place = this.#place === undefined ? {} : { place: this.#place };
    const taken = new Set<ValueSchema>();
    let rest = this.#through.length;
    let through = untouched;
    const takeFrom = (start: number): void => {
      const before = taken.size;
      while (rest > start) taken.add(this.#through[--rest]!);
      if (taken.size > before) through = [...taken];
    };
    for (const { memory, key, through: start } of this.#passed.toReversed()) {
      takeFrom(start);
      memory.set(key, { end, through, ...place });
    }
    takeFrom(0);
    return { end, through, ...place };
  }

  #memoryOf(scope: Scope): Map<string, FollowedValue> {
    const memory = this.#known.get(scope) ?? new Map<string, FollowedValue>();
    this.#known.set(scope, memory);
    return memory;
  }
}

const schemas = new WeakMap<NamedInput, ValueSchema>();

/** One object for one declaration, so that a value that passes it a thousand times is checked once. */
function schemaOf(declaration: NamedInput): ValueSchema {
  const schema = schemas.get(declaration) ?? namedInputSchema(declaration);
  schemas.set(declaration, schema);
  return schema;
}

/** Types of which a declaration may take less than the inputs that it feeds. */
function isNarrow(type: string): boolean {
  return type !== "json" && type !== "image" && type !== "mask" && type !== "file";
}
