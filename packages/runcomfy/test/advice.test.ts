import { expect, test } from "vitest";
import { failure, KEY, setUp } from "./bench.ts";
import { completed, json, reset, state } from "./scripted-server.ts";

test("a job in doubt names the two commands with its key, now and on the next run", async () => {
  const { run } = await setUp({ submit: [reset] });
  for (let attempt = 1; attempt <= 2; attempt++) {
    const { suggestion } = await failure(run());
    expect(suggestion).toContain(`inlay jobs attach ${KEY} REQUEST_ID`);
    expect(suggestion).toContain(`inlay jobs resubmit ${KEY}`);
  }
});

test.each([
  ["lost", { status: [json({}, 404)] }],
  ["without an image", { result: [completed(() => ({}))] }],
  ["whose file is gone", { file: [json({}, 410)] }],
])("a job %s names the command that frees its key", async (_name, script) => {
  const { run } = await setUp(script);
  expect((await failure(run())).suggestion).toContain(`inlay jobs forget ${KEY}`);
});

test("what the system says is not put into the service's mouth", async () => {
  const { run } = await setUp({ submit: [reset] });
  expect((await failure(run())).message).toMatch(/lost, .* Reason: /);
});

test("what the service says is told as its answer", async () => {
  const { run } = await setUp({ status: [state("failed", { error: "out of memory" })] });
  expect((await failure(run())).message).toBe("The job failed at the service. The service answers: out of memory");
});

test("a submit without a journal speaks of no key", async () => {
  const { client } = await setUp({ submit: [reset] });
  expect((await failure(client.submit({ model: "owner/model", body: {} }))).suggestion).not.toContain("inlay jobs");
});
