import { EngineError, type FileRef, type NodeContext } from "@inlay/engine";

/** The most bytes that a file of strokes unpacks to: more is no drawing, and a small file could hold endless zeros. */
const mostBytes = 64 * 2 ** 20;

/** The list in a file of strokes: JSON, plain or gzip. Fails with `input.strokes`. */
export async function readStrokes(file: FileRef, ctx: NodeContext): Promise<readonly unknown[]> {
  const bytes = await ctx.files.read(file, ctx.signal);
  const text = await textOf(bytes, file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw noStrokes(file, cause);
  }
  if (!Array.isArray(value)) throw noStrokes(file, undefined);
  return value;
}

async function textOf(bytes: Uint8Array, file: FileRef): Promise<string> {
  try {
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const { gunzipSync } = await import("node:zlib");
    const plain = isPacked ? gunzipSync(bytes, { maxOutputLength: mostBytes }) : bytes;
    return new TextDecoder("utf-8", { fatal: true }).decode(plain);
  } catch (cause) {
    throw noStrokes(file, cause);
  }
}

function noStrokes({ name }: FileRef, cause: unknown): EngineError {
  const data = {
    code: "input.strokes",
    message: `\`${name}\` is no file of strokes.`,
    input: "strokes",
    expected: "a list as JSON, plain or gzip, of at most 64 MiB",
  } as const;
  return cause === undefined ? new EngineError(data) : new EngineError(data, { cause });
}
