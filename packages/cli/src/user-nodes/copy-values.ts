/** Deeper values than any node has reason to make. */
const deepest = 100;

const sampleTypes = [Uint8Array, Uint16Array, Float32Array] as const;

/**
 * A copy of values that shares nothing with them: lists, plain objects and samples, so that whoever has one cannot change
 * the other. What is none of these stays as it is. Throws for what is nested without end.
 */
export function copyValues<T>(value: T): T {
  return copy(value, 0) as T;
}

function copy(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth > deepest) throw new TypeError("A value is nested too deeply, or holds itself.");
  if (ArrayBuffer.isView(value)) return copySamples(value);
  if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1));
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copy(member, depth + 1)]));
}

/** A `Buffer` becomes a `Uint8Array` of its own memory. */
function copySamples(view: ArrayBufferView): unknown {
  const Type = sampleTypes.find((type) => view instanceof type);
  return Type ? new Type(view as Uint8Array) : view;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && Object.getOwnPropertySymbols(value).length === 0;
}

/** Whether a copy still has the samples that it was copied with. */
export function sameSamples(value: unknown, copied: unknown): boolean {
  const open: [unknown, unknown][] = [[value, copied]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [one, other] = pair;
    if (typeof one !== "object" || one === null) continue;
    if (typeof other !== "object" || other === null) return false;
    if (ArrayBuffer.isView(one)) {
      if (!ArrayBuffer.isView(other) || Buffer.compare(bytesOf(one), bytesOf(other)) !== 0) return false;
    } else if (Array.isArray(one) || isPlain(one)) {
      for (const name of Object.keys(one)) {
        open.push([(one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]]);
      }
    }
  }
  return true;
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
