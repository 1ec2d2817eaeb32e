import { join } from "node:path";
import { holdsKey, jobKey, type JobMove } from "@inlay/runcomfy";
import { expect, onTestFinished, test } from "vitest";
import { tempFolder } from "../../test/support/temp-workspace.ts";
import { sqliteJournal } from "../journal/sqlite-journal.ts";
import { chooseTake } from "./choose-take.ts";

const job = { provider: "p", account: "a", model: "m", identity: { seed: 7 } };
const keyOf = (take: number): string => jobKey({ ...job, take });

async function desk() {
  const journal = await sqliteJournal({ file: join(await tempFolder(), "journal.sqlite") });
  onTestFinished(() => journal.close());
  const choose = async (order?: string): Promise<number> => {
    const again = order === undefined ? undefined : { order };
    const { key, take } = await chooseTake(job, again, journal, { jobKey, holdsKey });
    expect(key).toBe(keyOf(take));
    return take;
  };
  /** A job of this take that stands in this state. */
  const stands = async (take: number, ...states: JobMove["state"][]): Promise<void> => {
    const { record } = await journal.claim({ key: keyOf(take), provider: "p", account: "a", model: "m" });
    for (const state of states) await journal.move(record, { state, ...(state === "submitted" && { requestId: "q" }) });
  };
  return { choose, stands };
}

test("what was never ordered is the first, also when it is ordered again", async () => {
  const { choose } = await desk();
  expect([await choose(), await choose("r1")]).toEqual([1, 1]);
});

test.each([["succeeded"], ["lost"]] as const)("after a job that is %s an order gets the next, once", async (state) => {
  const { choose, stands } = await desk();
  await stands(1, "submitted", state);
  expect(await choose("r1")).toBe(2);
  await stands(2, "submitted", "succeeded");
  expect([await choose("r1"), await choose(), await choose("r2")]).toEqual([2, 2, 3]);
});

test.each([[[]], [["submitted"]], [["submitted", "detached"]], [["unknown"]]] as const)(
  "a job that is under way or in doubt (%j) is not bought over",
  async (states) => {
    const { choose, stands } = await desk();
    await stands(1, ...states);
    expect([await choose("r1"), await choose("r2")]).toEqual([1, 1]);
  },
);

test("two orders at once share the next job", async () => {
  const { choose, stands } = await desk();
  await stands(1, "submitted", "succeeded");
  expect(await Promise.all([choose("r1"), choose("r2")])).toEqual([2, 2]);
});

test("an order whose job failed has it anew, and without an order the last job that was paid counts", async () => {
  const { choose, stands } = await desk();
  await stands(1, "submitted", "succeeded");
  await choose("r1");
  await stands(2, "rejected");
  expect([await choose(), await choose("r1"), await choose("r2")]).toEqual([1, 2, 2]);
});
