import { join } from "node:path";
import type { JobMove } from "@inlay/runcomfy";
import { expect, onTestFinished, test } from "vitest";
import { sqliteJournal } from "../../src/journal/sqlite-journal.ts";
import { makeStateFolder } from "../../src/workspace.ts";
import { tempWorkspace } from "../support/temp-workspace.ts";
import { testServer, type Answer } from "../support/test-server.ts";

const key = "a".repeat(64);

/** A server on a workspace whose journal has one job, in this state. */
async function serverWith(state: JobMove["state"]) {
  const workspace = await tempWorkspace();
  const journal = await sqliteJournal({ file: join(await makeStateFolder(workspace), "journal.sqlite") });
  onTestFinished(() => journal.close());
  const { record } = await journal.claim({ key, provider: "p", account: "a", model: "vendor/model" });
  if (state !== "unknown") await journal.move(record, { state: "submitted", requestId: "q1" });
  if (state !== "submitted") await journal.move(record, { state });
  const server = await testServer({ workspace });
  const decide = (action: string, body?: object): Promise<Answer> =>
    server.ask(`/api/jobs/${key}/${action}`, { method: "POST", ...(body && { body: JSON.stringify(body) }) });
  const stands = async (): Promise<string> => (await server.ask("/api/jobs")).json.jobs[0]!.state;
  return { decide, stands };
}

test.each(["submitted", "detached", "unknown"] as const)("a job that is %s is not forgotten", async (state) => {
  const { decide, stands } = await serverWith(state);
  const { status, json } = await decide("forget");
  expect([status, json.error.code]).toEqual([409, "jobs.state"]);
  expect(await stands()).toBe(state);
});

test.each(["submitted", "detached", "unknown", "lost"] as const)(
  "a job that is %s is ordered again only by somebody who says that it may be paid twice",
  async (state) => {
    const { decide, stands } = await serverWith(state);
    expect((await decide("resubmit")).status).toBe(400);
    for (const mayPayTwice of [false, "true"]) expect((await decide("resubmit", { mayPayTwice })).status).not.toBe(200);
    const asked = await decide("resubmit", { mayPayTwice: false });
    expect(asked.json.error).toMatchObject({
      code: "money/confirm",
      message: expect.stringContaining("may pay twice"),
    });
    expect(await stands()).toBe(state);
    const { status, json } = await decide("resubmit", { mayPayTwice: true });
    expect([status, json.state]).toEqual([200, "forgotten"]);
  },
);

test("a job that is lost can be forgotten, and one in doubt is given the request that was found", async () => {
  const lost = await serverWith("lost");
  expect((await lost.decide("forget")).json).toMatchObject({ key, state: "forgotten" });
  const unknown = await serverWith("unknown");
  expect((await unknown.decide("attach", { requestId: "../q" })).status).toBe(422);
  expect((await unknown.decide("attach", { requestId: "q7" })).json).toMatchObject({
    state: "detached",
    requestId: "q7",
  });
});
