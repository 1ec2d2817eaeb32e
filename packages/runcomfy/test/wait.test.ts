import { expect, test } from "vitest";
import { failure, job, setUp } from "./bench.ts";
import { completed, html, json, reset, state, truncated, type Answer, type Script } from "./scripted-server.ts";

const queued = (position: number): Answer => state("in_queue", { queue_position: position });

test("tells the places in the queue, then that the job runs", async () => {
  const { run } = await setUp({ status: [queued(2), queued(1), state("in_progress"), state("completed")] });
  const seen: unknown[] = [];
  await run({ onState: ({ state: step, queuePosition }) => seen.push([step, queuePosition]) });
  expect(seen.slice(2)).toEqual([
    ["queued", 2],
    ["queued", 1],
    ["running", undefined],
    ["fetching", undefined],
  ]);
});

const aliases: { readonly [status: string]: string } = {
  pending: "queued",
  waiting: "queued",
  starting: "running",
  processing: "running",
  succeeded: "completed",
  canceled: "cancelled",
};

for (const [word, meaning] of Object.entries(aliases)) {
  test(`understands the status ${word} as ${meaning}`, async () => {
    const { client } = await setUp({ status: [state(word)] });
    expect((await client.status("r1")).state).toBe(meaning);
  });
}

test("an unknown status is an error at once that keeps the request's id, and the job stays collectable", async () => {
  const { run, server, state: journaled } = await setUp({ status: [state("paused"), state("completed")] });
  const error = await failure(run());
  expect(error).toMatchObject({
    code: "remote.status",
    requestId: "r1",
    message: expect.stringContaining("paused") as string,
  });
  expect(server.of("status")).toHaveLength(1);
  expect(journaled()).toBe("detached");
  expect((await run()).attached).toBe(true);
});

const ofAnother = (body: object, status = 200): Answer => json({ request_id: "r2", ...body }, status);

test.each<[string, Script]>([
  ["a status", { status: [ofAnother({ status: "completed" }), state("completed")] }],
  ["a failure", { status: [ofAnother({ status: "failed", error: "out of memory" }), state("completed")] }],
  ["a refusal", { status: [ofAnother({ error_code: 404001 }, 404), state("completed")] }],
  ["a result", { result: [ofAnother({ status: "completed", output: { image: "/other.png" } }), completed()] }],
])("%s of another request is refused; the job stays, and the next call collects it", async (_what, script) => {
  const { run, server, state: journaled } = await setUp(script);
  expect(await failure(run())).toMatchObject({ code: "remote.other-request", ending: "detached", requestId: "r1" });
  expect([journaled(), server.of("file").length]).toEqual(["detached", 0]);
  expect(await run()).toMatchObject({ attached: true, requestId: "r1" });
  expect(server.of("submit")).toHaveLength(1);
});

test("a status that goes backwards is polled on", async () => {
  const { run } = await setUp({ status: [state("in_progress"), queued(1), state("in_progress"), state("completed")] });
  expect((await run()).requestId).toBe("r1");
});

test("rides through 408, 429, 500, resets, HTML and truncated answers", async () => {
  const trouble = [json({}, 408), json({}, 429, { "retry-after": "0" }), json({}, 500), reset, html, truncated];
  const { run, server } = await setUp({
    status: [...trouble, state("completed")],
    result: [...trouble, completed()],
  });
  expect((await run()).files).toHaveLength(1);
  expect(server.of("submit")).toHaveLength(1);
});

test("a result that is not there yet is asked for again", async () => {
  const { run, server } = await setUp({ result: [state("in_progress"), state("completed"), completed()] });
  expect((await run()).files).toHaveLength(1);
  expect(server.of("result").length).toBeGreaterThanOrEqual(3);
});

test("a completed job whose result does not come within the grace ends, and stays collectable", async () => {
  const { run, state: journaled } = await setUp({ result: [state("in_progress")] }, { timing: { resultGrace: 20 } });
  expect((await failure(run())).requestId).toBe("r1");
  expect(journaled()).toBe("detached");
});

test("a result that is not known although the job is complete is asked for again, and then told as gone", async () => {
  const late = await setUp({ result: [json({ error_code: 404001 }, 404), completed()] });
  expect((await late.run()).files).toHaveLength(1);
  const gone = await setUp({ result: [json({}, 404)] }, { timing: { resultGrace: 20 } });
  expect(await failure(gone.run())).toMatchObject({ code: "remote.expired", ending: "lost", requestId: "r1" });
});

for (const status of [404, 410]) {
  test(`a poll that answers ${status} means lost: no new submit until somebody forgets the job`, async () => {
    const { run, server, state: journaled } = await setUp({ status: [json({ error_code: 404001 }, status)] });
    expect(await failure(run())).toMatchObject({ code: "remote.lost", ending: "lost", requestId: "r1" });
    expect(journaled()).toBe("lost");
    expect(await failure(run())).toMatchObject({ ending: "lost" });
    expect(server.of("submit")).toHaveLength(1);
  });
}

test("a failed job shows the service's words, and frees its key", async () => {
  const { run, state: journaled } = await setUp({
    status: [state("failed")],
    result: [json({ request_id: "r1", status: "failed", error: "out of memory" })],
  });
  const error = await failure(run());
  expect(error).toMatchObject({ code: "remote.failed", ending: "failed", requestId: "r1" });
  expect(error.message).toContain("out of memory");
  expect(journaled()).toBe("failed");
});

test("what a job has cost is told also when it gave nothing of use, and once", async () => {
  const failed = await setUp({
    status: [state("failed", { error: "out of memory" })],
    result: [json({ request_id: "r1", status: "failed", error: "out of memory", cost: 0.03 })],
  });
  expect(await failure(failed.run())).toMatchObject({ code: "remote.failed", costUsd: 0.03 });
  const useless = await setUp({ result: [json({ request_id: "r1", status: "completed", output: {}, cost: "0.02" })] });
  expect(await failure(useless.run())).toMatchObject({ code: "remote.output", costUsd: 0.02 });
  expect(await failure(useless.run())).not.toHaveProperty("costUsd");
});

test("a refusal of the content is told as moderation", async () => {
  const words = "The content was flagged by the moderation system";
  const { run } = await setUp({
    status: [state("failed", { error: words })],
    result: [json({ request_id: "r1", status: "failed", error: words })],
  });
  expect(await failure(run())).toMatchObject({
    code: "remote.moderation",
    message: expect.stringContaining("flagged") as string,
  });
});

test("a job that somebody else cancelled is told as cancelled", async () => {
  const { run, state: journaled } = await setUp({ status: [state("cancelled")] });
  expect(await failure(run())).toMatchObject({ code: "remote.cancelled", ending: "cancelled", requestId: "r1" });
  expect(journaled()).toBe("cancelled");
});

test("a job that runs past the deadline is stalled: one try to cancel, then collectable", async () => {
  const {
    run,
    server,
    state: journaled,
  } = await setUp(
    {
      status: [...Array<Answer>(200).fill(state("in_progress"))],
      cancel: [json({ request_id: "r1", status: "in_progress", outcome: "not_cancellable" })],
    },
    { timing: { runningDeadline: 30 } },
  );
  expect(await failure(run())).toMatchObject({ code: "remote.stalled", ending: "detached", requestId: "r1" });
  expect([journaled(), server.of("cancel").length]).toEqual(["detached", 1]);
});

test("many jobs of one client share the limiter: never more than a few calls at once", async () => {
  let open = 0;
  let most = 0;
  const slow: Answer = async (response, request) => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setTimeout(resolve, 5));
    open -= 1;
    await state("completed")(response, request);
  };
  const { client } = await setUp({ status: [slow] });
  await Promise.all(Array.from({ length: 40 }, (_, index) => client.run(job({ key: `key-${index}` }))));
  expect(most).toBeLessThanOrEqual(8);
});

const outputs: readonly (readonly [name: string, output: (origin: string) => object, files: number | string])[] = [
  ["one image", (origin) => ({ image: `${origin}/a.png` }), 1],
  ["a list of three images", (origin) => ({ images: ["a", "b", "c"].map((name) => `${origin}/${name}.png`) }), 3],
  ["the same image twice over", (origin) => ({ image: `${origin}/a.png`, images: [`${origin}/a.png`] }), 1],
  ["a video", (origin) => ({ video: `${origin}/a.mp4` }), "remote.output"],
  ["nothing", () => ({}), "remote.output"],
  ["an image that is not a text", () => ({ image: 7 }), "remote.output"],
];

for (const [name, output, expected] of outputs) {
  test(`an output with ${name} gives ${typeof expected === "number" ? `${expected} file(s)` : expected}`, async () => {
    const { run } = await setUp({ result: [completed(output)] });
    if (typeof expected === "number") expect((await run()).files).toHaveLength(expected);
    else expect(await failure(run())).toMatchObject({ code: expected, requestId: "r1" });
  });
}

test("tells the cost when the service does", async () => {
  const withCost: Answer = (response, request) => {
    const output = { image: `http://${request.headers.host}/out.png` };
    return json({ request_id: "r1", status: "completed", output, cost: 0.0125 })(response, request);
  };
  const { run, server } = await setUp({ result: [withCost] });
  expect((await run()).costUsd).toBe(0.0125);
  expect(server.of("result")[0]?.url).toContain("include_cost=true");
});
