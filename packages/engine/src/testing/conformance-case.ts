import { errorData } from "../errors.ts";

/** One rule that every implementation of a port keeps; `run` throws or rejects when it is broken. */
export interface ConformanceCase {
  readonly name: string;
  run(): Promise<void>;
}

/** Throws unless it holds; `what` says what should. */
export function expectThat(holds: boolean, what: string): void {
  if (!holds) throw new Error(`expected ${what}`);
}

/** Throws unless both are the same value. */
export function expectSame(actual: unknown, expected: unknown, what: string): void {
  expectThat(Object.is(actual, expected), `${what} to be ${String(expected)}, and it is ${String(actual)}`);
}

/** Throws unless both hold the same bytes. */
export function expectBytes(actual: Uint8Array | undefined, expected: Uint8Array, what: string): void {
  const isSame = actual?.length === expected.length && actual.every((byte, i) => byte === expected[i]);
  expectThat(isSame, `${what} to be [${expected.join(" ")}], and it is [${actual?.join(" ") ?? "nothing"}]`);
}

/** Throws unless the promise is rejected with an error whose code is one of those, or begins like one that ends with a dot. */
export async function expectRejection(promise: Promise<unknown>, ...codes: readonly string[]): Promise<void> {
  let code = "no error";
  try {
    await promise;
  } catch (error) {
    code = errorData(error).code;
  }
  const isExpected = codes.some((expected) => (expected.endsWith(".") ? code.startsWith(expected) : code === expected));
  expectThat(isExpected, `an error ${codes.join(" or ")}, and there is ${code}`);
}
