import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { idleProcess } from "../../test/support/children.ts";
import { expectCode } from "../../test/support/expect-code.ts";
import { tempFolder } from "../../test/support/temp-workspace.ts";
import { processOwner } from "../process-owner.ts";
import { sqliteJournal, type SqliteJournal } from "../journal/sqlite-journal.ts";
import { jobDesk, type JobDesk } from "./job-desk.ts";

const key = "a".repeat(64);
const job = { key, provider: "p", account: "a", model: "m" };

async function deskOf(owner?: string): Promise<{ readonly desk: JobDesk; readonly journal: SqliteJournal }> {
  const file = join(await tempFolder(), "journal.sqlite");
  const journal = await sqliteJournal({ file, ...(owner !== undefined && { owner }) });
  onTestFinished(() => journal.close());
  const collect: Parameters<typeof jobDesk>[0]["collect"] = async (record) => ({
    key: record.key,
    requestId: record.requestId ?? "",
    paths: [],
  });
  return { journal, desk: jobDesk({ journal: async () => journal, collect }) };
}

async function standing(state: "unknown" | "submitted" | "lost" | "succeeded") {
  const parts = await deskOf();
  const { record } = await parts.journal.claim(job);
  if (state !== "unknown") await parts.journal.move(record, { state: "submitted", requestId: "q1" });
  if (state !== "submitted") await parts.journal.move(record, { state });
  return parts;
}

test("finds a job by its key, the beginning of one, or its request's id", async () => {
  const { desk } = await standing("submitted");
  for (const id of [key, "aaaaaaaa", "q1"]) expect((await desk.find(id)).key).toBe(key);
  for (const id of ["aaaa", "q2", "bbbbbbbb"]) await expectCode(desk.find(id), "jobs.not-found");
});

test("the beginning of two keys stands for none", async () => {
  const { desk, journal } = await standing("submitted");
  await journal.claim({ ...job, key: `${"a".repeat(63)}b` });
  await expectCode(desk.find("aaaaaaaa"), "jobs.ambiguous");
});

test("a workspace that never paid has no jobs and makes no journal", async () => {
  const desk = jobDesk({ journal: async () => undefined, collect: () => Promise.reject(new Error("never")) });
  expect(await desk.list()).toEqual([]);
  await expectCode(desk.forget(key), "jobs.not-found");
});

test("an intent whose process is gone is told as unknown, one whose process lives is left alone", async () => {
  const child = await idleProcess();
  const { desk, journal } = await deskOf(processOwner(child.pid));
  await journal.claim(job);
  expect((await desk.list())[0]?.state).toBe("intent");
  await expectCode(desk.resubmit(key, { mayPayTwice: true }), "jobs.state");
  await child.kill();
  expect((await desk.list())[0]?.state).toBe("unknown");
});

test("a job in doubt takes the request id that a person found, if it is one", async () => {
  const { desk } = await standing("unknown");
  await expectCode(desk.attach(key, "../q1"), "jobs.request-id");
  expect(await desk.attach(key, "q7")).toMatchObject({ state: "detached", requestId: "q7" });
  await expectCode(desk.attach(key, "q8"), "jobs.state");
});

test.each(["unknown", "submitted"] as const)("a job that is %s is not forgotten in passing", async (state) => {
  const { desk } = await standing(state);
  const { suggestion } = await expectCode(desk.forget(key), "jobs.state");
  expect(suggestion).toContain("resubmit");
});

test.each(["lost", "succeeded"] as const)("a job that is %s can be forgotten", async (state) => {
  const { desk } = await standing(state);
  expect((await desk.forget(key)).state).toBe("forgotten");
  await expectCode(desk.forget(key), "jobs.state");
});

test.each(["unknown", "submitted", "lost", "succeeded"] as const)(
  "a job that is %s is freed to be paid again only by somebody who says so",
  async (state) => {
    const { desk, journal } = await standing(state);
    const { message } = await expectCode(desk.resubmit(key, { mayPayTwice: false }), "money/confirm");
    expect(message).toContain("may pay twice");
    expect((await journal.get(key))?.state).toBe(state);
    expect((await desk.resubmit(key, { mayPayTwice: true })).state).toBe("forgotten");
  },
);
