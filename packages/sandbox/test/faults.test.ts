import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { DIALECTS, type FaultPlan, type ScriptedFault } from "../src/index.ts";
import { call, finalResult, outputUrl, sandboxForTest, submit, submitted, until } from "./support/sandboxes.ts";

type Call = keyof NonNullable<FaultPlan["script"]>;

const always = (at: Call, fault: ScriptedFault): FaultPlan => ({ script: { [at]: [{ ...fault, times: "always" }] } });

describe("a submit", () => {
  test.each([
    ["reset before", { fault: "reset", when: "before" }, 0],
    ["reset when handled", { fault: "reset", when: "handled" }, 1],
    ["reset in mid-answer", { fault: "reset", when: "midway" }, 1],
    ["truncated", { fault: "truncated" }, 1],
  ] as const)("%s breaks, and the ledger says whether it was accepted", async (_, fault, accepted) => {
    const sandbox = await sandboxForTest({ faults: always("submit", fault) });
    await expect(submit(sandbox)).rejects.toThrow();
    expect(sandbox.ledger()).toHaveLength(accepted);
    expect(sandbox.calls()).toMatchObject([{ call: "submit", fault: fault.fault, token: "authorization" }]);
  });

  test.each([
    ["not handled", {}, 0],
    ["handled", { handled: true }, 1],
  ])("answered 503, %s", async (_, handled, accepted) => {
    const sandbox = await sandboxForTest({ faults: always("submit", { fault: "http", status: 503, ...handled }) });
    expect((await submit(sandbox)).status).toBe(503);
    expect(sandbox.ledger()).toHaveLength(accepted);
  });

  test("answered 429 asks to wait: seconds, a date, or nothing", async () => {
    const limited = { fault: "http", status: 429 } as const;
    const faults: FaultPlan = {
      script: { submit: [{ ...limited, retry_after: 3 }, { ...limited, retry_after: { date_in: 60 } }, limited] },
    };
    const sandbox = await sandboxForTest({ faults });
    expect((await submit(sandbox)).headers.get("retry-after")).toBe("3");
    const date = Date.parse((await submit(sandbox)).headers.get("retry-after") ?? "");
    expect(date - Date.now()).toBeGreaterThan(50_000);
    expect((await submit(sandbox)).headers.get("retry-after")).toBeNull();
    expect((await submit(sandbox)).status).toBe(200);
  });

  test("may blame a field", async () => {
    const fault = { fault: "http", status: 422, field: "strength", message: "at most 1" } as const;
    const { json } = await submit(await sandboxForTest({ faults: always("submit", fault) }));
    expect(json).toMatchObject({ error_code: 422001, detail: [{ loc: ["body", "strength"], msg: "at most 1" }] });
  });

  test("may be accepted and fail with a text", async () => {
    const sandbox = await sandboxForTest({ faults: always("submit", { fault: "fails", message: "flagged" }) });
    const result = await finalResult(sandbox, await submitted(sandbox));
    expect(result).toMatchObject({ status: "failed", error: "flagged" });
  });

  test("may be answered with HTML, nothing, or other fields", async () => {
    const faults: FaultPlan = {
      script: { submit: [{ fault: "html" }, { fault: "empty" }, { fault: "say", set: { request_id: null } }] },
    };
    const sandbox = await sandboxForTest({ faults });
    await expect(submit(sandbox)).rejects.toThrow("JSON");
    await expect(submit(sandbox)).rejects.toThrow("JSON");
    expect((await submit(sandbox)).json).not.toHaveProperty("request_id");
    expect(sandbox.ledger()).toHaveLength(3);
  });
});

describe("a status", () => {
  test.each([
    ["stuck", { status: "in_queue", queue_position: 3 }],
    ["endless", { status: "in_progress" }],
    ["backwards", { status: "in_queue", queue_position: 1 }],
    ["unknown-status", { status: "paused" }],
  ] as const)("may be told as %s", async (fault, told) => {
    const sandbox = await sandboxForTest();
    const id = await submitted(sandbox);
    await finalResult(sandbox, id);
    sandbox.setFaults(always("status", { fault }));
    expect((await call(sandbox, "GET", `/v1/requests/${id}/status`)).json).toEqual({ request_id: id, ...told });
  });

  test("may come late, or one byte at a time", async () => {
    const faults: FaultPlan = {
      script: {
        status: [
          { fault: "delay", ms: 30 },
          { fault: "slow", every_ms: 1 },
        ],
      },
    };
    const sandbox = await sandboxForTest({ faults });
    const id = await submitted(sandbox);
    for (let turn = 0; turn < 2; turn++)
      expect((await call(sandbox, "GET", `/v1/requests/${id}/status`)).json["request_id"]).toBe(id);
  });

  test("may never come", async () => {
    const sandbox = await sandboxForTest({ faults: always("status", { fault: "silence" }) });
    const id = await submitted(sandbox);
    const signal = AbortSignal.timeout(100);
    await expect(call(sandbox, "GET", `/v1/requests/${id}/status`, { signal })).rejects.toThrow();
  });
});

describe("a result", () => {
  test.each([
    ["none", {}],
    ["video", { video: expect.stringContaining("/outputs/") as string }],
    ["three", { images: [expect.any(String), expect.any(String), expect.any(String)] }],
  ] as const)("may have %s for output", async (kind, output) => {
    const sandbox = await sandboxForTest({ faults: always("result", { fault: "output", kind }) });
    expect((await finalResult(sandbox, await submitted(sandbox)))["output"]).toEqual(output);
  });

  test("may be said to be not ready though the job is complete", async () => {
    const sandbox = await sandboxForTest({ faults: { script: { result: [{ fault: "not-ready", times: 1 }] } } });
    const id = await submitted(sandbox);
    await until(
      () => sandbox.ledger()[0]?.state,
      (state) => state === "completed",
    );
    expect((await call(sandbox, "GET", `/v1/requests/${id}/result`)).json).toMatchObject({ status: "in_progress" });
    expect((await call(sandbox, "GET", `/v1/requests/${id}/result`)).json).toMatchObject({ status: "completed" });
  });
});

describe("a cancel", () => {
  test("may lose the race: the job is complete before it is heard", async () => {
    const faults = always("cancel", { fault: "race", winner: "completion" });
    const sandbox = await sandboxForTest({ faults, timing: { queuedMs: 600_000 } });
    const id = await submitted(sandbox);
    const { json } = await call(sandbox, "POST", `/v1/requests/${id}/cancel`);
    expect(json).toMatchObject({ status: "completed", outcome: "not_cancellable" });
  });

  test("may claim what it has not done", async () => {
    const sandbox = await sandboxForTest({ faults: always("cancel", { fault: "race", winner: "nobody" }) });
    const id = await submitted(sandbox);
    expect((await call(sandbox, "POST", `/v1/requests/${id}/cancel`)).json).toMatchObject({ outcome: "cancelled" });
    expect(await finalResult(sandbox, id)).toMatchObject({ status: "completed" });
  });
});

describe("a file", () => {
  async function fetched(fault: ScriptedFault): Promise<Response> {
    const sandbox = await sandboxForTest({ faults: always("file", fault) });
    const url = outputUrl(await finalResult(sandbox, await submitted(sandbox)));
    return fetch(url, { headers: { connection: "close" }, redirect: "manual" });
  }

  test("may have expired", async () => {
    expect((await fetched({ fault: "expired", status: 410 })).status).toBe(410);
  });

  test("may be a video, a text, nothing, or say that it is something else", async () => {
    expect(await (await fetched({ fault: "file", kind: "video" })).text()).toContain("ftyp");
    expect(await (await fetched({ fault: "file", kind: "text" })).text()).toContain("no picture");
    expect(await (await fetched({ fault: "file", kind: "empty" })).text()).toBe("");
    expect((await fetched({ fault: "content-type", type: "text/html" })).headers.get("content-type")).toBe("text/html");
  });

  test("may have another size, be elsewhere, or break off", async () => {
    const resized = await fetched({ fault: "resized", width: 9, height: 7 });
    expect(await sharp(Buffer.from(await resized.arrayBuffer())).metadata()).toMatchObject({ width: 9, height: 7 });
    const moved = await fetched({ fault: "redirect", to: "https://example.com/x.png" });
    expect([moved.status, moved.headers.get("location")]).toEqual([302, "https://example.com/x.png"]);
    await expect((await fetched({ fault: "truncated" })).arrayBuffer()).rejects.toThrow();
  });

  test.each(["huge", "endless"] as const)("may be %s, and ends when nobody reads on", async (kind) => {
    const response = await fetched({ fault: "file", kind });
    expect(response.headers.get("content-length")).toBe(kind === "huge" ? "5000000000" : null);
    const reader = response.body!.getReader();
    expect((await reader.read()).value?.length).toBeGreaterThan(0);
    await reader.cancel();
  });
});

describe("where the real service's behaviour is not known", () => {
  test("a cancel of a running job may be an error", async () => {
    const timing = { minRunMs: 600_000 };
    const sandbox = await sandboxForTest({ dialect: { cancelRunning: "error" }, timing });
    const id = await submitted(sandbox);
    await until(
      () => sandbox.ledger()[0]?.state,
      (state) => state === "in_progress",
    );
    expect((await call(sandbox, "POST", `/v1/requests/${id}/cancel`)).status).toBe(409);
  });

  test("an error may come with HTTP 200", async () => {
    const sandbox = await sandboxForTest({ dialect: { errors: "body" } });
    const { status, json } = await call(sandbox, "GET", "/v1/requests/nobody/status");
    expect([status, json["error_code"]]).toEqual([200, 404001]);
  });

  test("states may have other words", async () => {
    const sandbox = await sandboxForTest({ dialect: { words: "others" } });
    const id = await submitted(sandbox);
    const probe = async (): Promise<unknown> =>
      (await call(sandbox, "GET", `/v1/requests/${id}/result`)).json["status"];
    expect(await until(probe, (status) => status !== "pending" && status !== "processing")).toBe("succeeded");
  });

  test("data URIs may be refused, naming the input", async () => {
    const { status, json } = await submit(await sandboxForTest({ dialect: { dataUris: "refuse" } }));
    expect(status).toBe(422);
    expect(json).toMatchObject({ detail: [{ loc: ["body", "image_url"] }] });
  });

  test("a result that is not there yet may be an error", async () => {
    const sandbox = await sandboxForTest({ dialect: { earlyResult: "error" }, timing: { queuedMs: 600_000 } });
    const id = await submitted(sandbox);
    expect((await call(sandbox, "GET", `/v1/requests/${id}/result`)).status).toBe(404);
  });
});

test("every fault and every dialect stands in docs/sandbox.md", async () => {
  const page = await readFile(new URL("../../../docs/sandbox.md", import.meta.url), "utf8");
  const source = await readFile(new URL("../src/faults/fault.ts", import.meta.url), "utf8");
  const faults = [...source.matchAll(/readonly fault: ((?:"[a-z-]+"(?: \| )?)+)/g)].flatMap(
    ([, names = ""]) => names.match(/[a-z-]+/g) ?? [],
  );
  expect(faults.length).toBeGreaterThan(20);
  for (const name of [...faults, ...Object.keys(DIALECTS)]) expect(page).toContain(`\`${name}\``);
});

test("calls tell over which connection they came and whether the token was where it belongs", async () => {
  const sandbox = await sandboxForTest();
  await finalResult(sandbox, await submitted(sandbox));
  await call(sandbox, "GET", `/outputs/${sandbox.token}`);
  await fetch(sandbox.url, { headers: { connection: "close" } });
  const calls = sandbox.calls();
  expect(calls[0]).toMatchObject({ call: "submit", method: "POST", token: "authorization", connection: 1 });
  expect(calls.at(-2)).toMatchObject({ call: "file", token: "elsewhere" });
  expect(calls.at(-1)).toMatchObject({ call: "other", path: "/", token: "nowhere" });
});
