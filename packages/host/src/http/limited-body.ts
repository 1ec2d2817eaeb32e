import { httpError } from "./http-error.ts";

/** The pieces of a body, up to a limit: what a client says about the length need not be true. Fails with `request.too-large`. */
export async function* limitedBody(pieces: AsyncIterable<unknown>, mostBytes: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const piece of pieces) {
    size += (piece as Buffer).length;
    if (size > mostBytes) throw bodyTooLarge(size, mostBytes);
    yield piece as Buffer;
  }
}

/** The error for a body that is too large. */
export function bodyTooLarge(size: number, mostBytes: number): Error {
  const expected = `at most ${mostBytes} bytes`;
  return httpError("request.too-large", "The body is too large.", { expected, received: `${size}` });
}
