import { errorData } from "@inlay/engine";
import type { ErrorData } from "@inlay/engine";
import { expect } from "vitest";

/** Expects a promise to fail with that code; gives the error's data. */
export async function expectCode(promise: Promise<unknown>, code: string): Promise<ErrorData> {
  const data = await promise.then(
    () => ({ code: "none", message: "nothing failed" }),
    (error: unknown) => errorData(error),
  );
  expect(data).toMatchObject({ code });
  return data;
}
