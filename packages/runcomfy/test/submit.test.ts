import { createServer } from "node:net";
import { expect, test } from "vitest";
import type { Clock } from "../src/index.ts";
import { failure, job, setUp, TOKEN } from "./bench.ts";
import { accepted, html, json, reset, silence, startServer, truncated, type Answer } from "./scripted-server.ts";

test("submits the body to the model's path with the token, polls, downloads and reports each step", async () => {
  const { run, server, state } = await setUp();
  const steps: string[] = [];
  const result = await run({ onState: ({ state: step }) => steps.push(step) });
  const [submit] = server.of("submit");
  expect(submit).toMatchObject({ method: "POST", url: "/v1/models/owner/model", body: '{"prompt":"a secret plum"}' });
  expect(submit?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  expect(result).toMatchObject({ requestId: "r1", attached: false });
  expect(result.files.map((file) => file.mime)).toEqual(["image/png"]);
  expect(steps[0]).toBe("publishing");
  expect(steps).toContain("submitting");
  expect(steps.at(-1)).toBe("fetching");
  expect(state()).toBe("submitted");
  await result.settled();
  expect(state()).toBe("succeeded");
});

test("journals the intent before the POST and the request's id before the first poll", async () => {
  const seen: (string | undefined)[] = [];
  const bench = await setUp({
    submit: [(...args) => (seen.push(bench.state()), accepted()(...args))],
    status: [(...args) => (seen.push(bench.state()), json({ request_id: "r1", status: "completed" })(...args))],
  });
  await bench.run();
  expect(seen).toEqual(["intent", "submitted"]);
});

test("submits over a new connection each time, which carries nothing else", async () => {
  const { client, server } = await setUp();
  for (const key of ["a", "b", "c"]) await client.run(job({ key }));
  const submits = server.of("submit").map((request) => request.connection);
  const others = server.received.filter((request) => request.method === "GET").map((request) => request.connection);
  expect(new Set(submits).size).toBe(3);
  expect(others.filter((connection) => submits.includes(connection))).toEqual([]);
});

const ambiguous: { readonly [name: string]: Answer } = {
  "a reset": reset,
  "a truncated answer": truncated,
  "a page of HTML": html,
  "an answer without id": json({ ok: true }),
  "an id that could lead elsewhere": json({ request_id: "../../v1/models/x" }),
  "an id that holds the token": json({ request_id: `id-${TOKEN}` }),
  "a 503": json({ message: "try later" }, 503),
  "a 408": json({ message: "slow" }, 408),
};

for (const [name, answer] of Object.entries(ambiguous)) {
  test(`after ${name} the job is unknown: one POST, and none by the next run`, async () => {
    const { run, server, state } = await setUp({ submit: [answer, accepted()] });
    expect(await failure(run())).toMatchObject({ code: "remote.unknown", ending: "unknown" });
    expect(state()).toBe("unknown");
    expect(await failure(run())).toMatchObject({ code: "remote.unknown", ending: "unknown" });
    expect(server.of("submit")).toHaveLength(1);
  });
}

test("a submit without answer in time is unknown", async () => {
  const { run, server, state } = await setUp({ submit: [silence] }, { timing: { submit: 30 } });
  expect(await failure(run())).toMatchObject({ code: "remote.unknown", ending: "unknown" });
  expect([state(), server.of("submit").length]).toEqual(["unknown", 1]);
});

test("a refused connection is tried three times, never journaled as sent, and leaves the key free", async () => {
  const { url, close } = await startServer();
  await close();
  const bench = await setUp({}, { baseUrl: url });
  let bodies = 0;
  const body = (): { prompt: string } => ((bodies += 1), { prompt: "x" });
  expect(await failure(bench.run({ body }))).toMatchObject({ code: "remote.network" });
  expect(bodies).toBe(1);
  const claim = await bench
    .another("second")
    .run(job())
    .catch(() => undefined);
  expect([claim, bench.state()]).not.toContain("unknown");
});

test("a TLS handshake that fails is certainly not sent", async () => {
  let connections = 0;
  const plain = createServer((socket) => {
    connections += 1;
    socket.on("error", () => {});
    socket.resume();
    socket.end("not TLS");
  });
  await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
  const address = plain.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const bench = await setUp({}, { baseUrl: `https://127.0.0.1:${port}` });
  expect(await failure(bench.run())).toMatchObject({ code: "remote.network" });
  expect(connections).toBe(3);
  expect(bench.state()).not.toBe("unknown");
  await new Promise((resolve) => plain.close(resolve));
});

test("429 then accepted is one job", async () => {
  const limited = json({ message: "slow down" }, 429, { "retry-after": "0" });
  const { run, server } = await setUp({ submit: [limited, limited, accepted()] });
  expect((await run()).requestId).toBe("r1");
  expect(server.of("submit")).toHaveLength(3);
});

test("Retry-After is obeyed to the millisecond", async () => {
  const asked: number[] = [];
  const clock: Clock = {
    now: () => performance.now(),
    wallClock: () => Date.now(),
    setTimer(callback, ms) {
      asked.push(ms);
      const timer = setTimeout(callback, ms / 100);
      return () => clearTimeout(timer);
    },
  };
  const limited = json({}, 429, { "retry-after": "3" });
  const long = { longestRetryAfter: 60_000, submit: 2_000_000, call: 2_000_000, download: 2_000_000 };
  const { run } = await setUp({ submit: [limited, accepted()] }, { clock, timing: long });
  await run();
  expect(asked).toContain(3_000);
});

test("a Retry-After date is obeyed, within the cap", async () => {
  const later = new Date(Date.now() + 3_600_000).toUTCString();
  const { run, server } = await setUp({ submit: [json({}, 429, { "retry-after": later }), accepted()] });
  await run();
  expect(server.of("submit")).toHaveLength(2);
});

test("ten times 429 is a rate-limit error, and the key is free", async () => {
  const { run, server, state } = await setUp({ submit: [json({}, 429)] });
  expect(await failure(run())).toMatchObject({ code: "remote.rate-limit" });
  expect(server.of("submit")).toHaveLength(10);
  expect(state()).not.toBe("intent");
  expect(await failure(run())).toMatchObject({ code: "remote.rate-limit" });
  expect(server.of("submit")).toHaveLength(20);
});

const refusals: readonly (readonly [name: string, answer: Answer, error: object])[] = [
  ["401", json({ message: "no" }, 401), { code: "remote.auth" }],
  ["403", json({ error_code: 403001 }, 403), { code: "remote.auth" }],
  ["400 with 400004", json({ error_code: 400004, error_message: "token expired" }, 400), { code: "remote.auth" }],
  ["402", json({}, 402), { code: "remote.balance" }],
  ["400 with 400002", json({ error_code: 400002 }, 400), { code: "remote.balance" }],
  ["200 with 400002", json({ error_code: 400002, message: "no balance" }), { code: "remote.balance" }],
  ["404", json({ error_code: 404001 }, 404), { code: "remote.model" }],
  [
    "422 about strength",
    json({ error_code: 422001, detail: [{ loc: ["body", "strength"], msg: "at most 1" }] }, 422),
    { code: "remote.schema", input: "strength", message: expect.stringContaining("at most 1") as string },
  ],
  ["400 without detail", json({ message: "bad" }, 400), { code: "remote.rejected" }],
];

for (const [name, answer, error] of refusals) {
  test(`${name} rejects the job with ${(error as { code: string }).code}, without another try, and frees the key`, async () => {
    const { run, server, state } = await setUp({ submit: [answer, accepted()] });
    expect(await failure(run())).toMatchObject({ ...error, ending: "rejected" });
    expect([state(), server.of("submit").length]).toEqual(["rejected", 1]);
    expect((await run()).requestId).toBe("r1");
  });
}

test("a model's id that could lead elsewhere is refused before any network", async () => {
  const { run, server } = await setUp();
  for (const model of ["../requests/x", "a//b", "a?b", "a%2e", ""]) {
    expect(await failure(run({ model }))).toMatchObject({ code: "remote.model" });
  }
  expect(server.received).toEqual([]);
});

test("a body that cannot be made frees the key", async () => {
  const { run, server } = await setUp();
  const body = (): never => {
    throw new Error("no picture");
  };
  await expect(run({ body })).rejects.toThrow("no picture");
  expect(server.received).toEqual([]);
  expect((await run()).attached).toBe(false);
});

test("a base URL is https, or http on this machine", async () => {
  for (const baseUrl of ["http://example.com", "ftp://127.0.0.1", "https://user:pass@example.com", "nowhere"]) {
    await expect(setUp({}, { baseUrl })).rejects.toMatchObject({ data: { code: "remote.config" } });
  }
});

test("without a token nothing is made, and the error names the variable", async () => {
  await expect(setUp({}, { token: "" })).rejects.toMatchObject({
    data: { suggestion: expect.stringContaining("RUNCOMFY_API_TOKEN") as string },
  });
});
