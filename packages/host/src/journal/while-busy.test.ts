import { expect, test } from "vitest";
import { whileBusy } from "./while-busy.ts";

const busy = Object.assign(new Error("database is locked"), { code: "SQLITE_BUSY" });

/** Work that fails with these errors, one after the other, and is then done. */
function failing(...errors: readonly Error[]) {
  let tries = 0;
  return {
    tries: () => tries,
    work: async (): Promise<string> => {
      const error = errors[tries++];
      if (error) throw error;
      return "done";
    },
  };
}

test("what another process keeps from being done is tried again", async () => {
  const { work, tries } = failing(busy, busy);
  expect([await whileBusy(work), tries()]).toEqual(["done", 3]);
});

test("another error is told at once", async () => {
  const { work, tries } = failing(new Error("disk full"));
  await expect(whileBusy(work)).rejects.toThrow("disk full");
  expect(tries()).toBe(1);
});

test("after a minute the process is not waited for any longer", async () => {
  let time = 0;
  const { work, tries } = failing(...Array<Error>(9).fill(busy));
  await expect(whileBusy(work, () => (time += 25_000))).rejects.toBe(busy);
  expect(tries()).toBe(3);
});
