import { describe, expect, test } from "vitest";
import { MODEL_ID } from "../src/index.ts";
import { rgbOf, stripedPng } from "./support/pictures.ts";
import {
  call,
  download,
  finalResult,
  outputUrl,
  sandboxForTest,
  submit,
  submitted,
  until,
} from "./support/sandboxes.ts";

describe("submit", () => {
  test("answers with an opaque id and the three URLs", async () => {
    const sandbox = await sandboxForTest();
    const { status, json } = await submit(sandbox);
    const id = String(json["request_id"]);
    expect(status).toBe(200);
    expect(id).toMatch(/^[A-Za-z0-9_-]{16,128}$/);
    expect(json).toEqual({
      request_id: id,
      status_url: `${sandbox.url}/v1/requests/${id}/status`,
      result_url: `${sandbox.url}/v1/requests/${id}/result`,
      cancel_url: `${sandbox.url}/v1/requests/${id}/cancel`,
    });
  });

  test("of a model that is not there is 404 with 404001", async () => {
    const sandbox = await sandboxForTest();
    const { status, json } = await call(sandbox, "POST", "/v1/models/tongyi-mai/z-image/nonesuch", { body: "{}" });
    expect([status, json["error_code"]]).toEqual([404, 404001]);
  });
});

describe("authentication", () => {
  test.each([{}, { authorization: "Bearer wrong" }, { authorization: "Basic eDp5" }])(
    "%j is refused with 401 and 400004 on every guarded path",
    async (headers) => {
      const sandbox = await sandboxForTest();
      const guarded = [
        "/v1/models/x",
        "/v1/requests/x/status",
        "/v1/nonesuch",
        "/_sandbox/ledger",
        "/_sandbox/jobs/x/mask",
      ];
      for (const path of guarded) {
        const { status, json } = await call(sandbox, "GET", path, { headers });
        expect([path, status, json["error_code"]]).toEqual([path, 401, 400004]);
      }
      expect((await call(sandbox, "POST", `/v1/models/${MODEL_ID}`, { headers, body: "{}" })).status).toBe(401);
    },
  );

  test("a token is made up when none is given, another each time", async () => {
    const [one, two] = [await sandboxForTest(), await sandboxForTest()];
    expect(one.token).not.toBe(two.token);
    expect(one.token).toMatch(/^sandbox-/);
  });
});

describe("status and result", () => {
  test("never go backwards, and the position only counts down", async () => {
    const sandbox = await sandboxForTest({ timing: { queuedMs: 200, perPositionMs: 40, minRunMs: 100 } });
    const id = await submitted(sandbox);
    const seen: string[] = [];
    const positions: number[] = [];
    await until(
      async () => (await call(sandbox, "GET", `/v1/requests/${id}/status`)).json,
      (json) => {
        const state = String(json["status"]);
        if (seen.at(-1) !== state) seen.push(state);
        if (state === "in_queue") positions.push(Number(json["queue_position"]));
        else expect(json).not.toHaveProperty("queue_position");
        return state === "completed";
      },
    );
    expect(seen).toEqual(["in_queue", "in_progress", "completed"].filter((state) => seen.includes(state)));
    expect(positions).toEqual([...positions].sort((a, b) => b - a));
  });

  test("the result answers the current state, 200, as long as the job is not done", async () => {
    const sandbox = await sandboxForTest({ timing: { queuedMs: 60_000, perPositionMs: 20_000 } });
    const id = await submitted(sandbox);
    const { status, json } = await call(sandbox, "GET", `/v1/requests/${id}/result`);
    expect(status).toBe(200);
    expect(json).toEqual({ request_id: id, status: "in_queue", queue_position: 3 });
  });

  test("the result of a completed job names the output, which is served without a token", async () => {
    const sandbox = await sandboxForTest();
    const id = await submitted(sandbox);
    const result = await finalResult(sandbox, id);
    expect(Object.keys(result)).toEqual(["request_id", "status", "output", "created_at", "finished_at"]);
    expect(Date.parse(String(result["finished_at"]))).toBeGreaterThanOrEqual(Date.parse(String(result["created_at"])));
    const { bytes, type } = await download(outputUrl(result));
    expect(type).toBe("image/png");
    expect((await rgbOf(bytes)).data.equals((await rgbOf(await stripedPng())).data)).toBe(true);
    const { json } = await call(sandbox, "GET", `/v1/requests/${id}/result?include_cost=true`);
    expect(json["cost"]).toBe(0);
  });

  test("one job runs at a time, and the others' positions say how many are ahead", async () => {
    const sandbox = await sandboxForTest({ timing: { minRunMs: 60_000 } });
    const [first, second, third] = [await submitted(sandbox), await submitted(sandbox), await submitted(sandbox)];
    const state = async (id: string): Promise<unknown> =>
      (await call(sandbox, "GET", `/v1/requests/${id}/status`)).json;
    await until(
      () => state(first),
      (json) => (json as { status: string }).status === "in_progress",
    );
    expect(await state(second)).toEqual({ request_id: second, status: "in_queue", queue_position: 1 });
    expect(await state(third)).toEqual({ request_id: third, status: "in_queue", queue_position: 2 });
  });

  test("an id that is not known is 404 with 404001", async () => {
    const sandbox = await sandboxForTest();
    for (const path of [
      "/v1/requests/nonesuch/status",
      "/v1/requests/nonesuch/result",
      "/_sandbox/jobs/nonesuch/mask",
    ]) {
      const { status, json } = await call(sandbox, "GET", path);
      expect([status, json["error_code"]]).toEqual([404, 404001]);
    }
  });
});

describe("cancel", () => {
  test("of a queued job makes it cancelled for good", async () => {
    const sandbox = await sandboxForTest({ timing: { queuedMs: 60_000 } });
    const id = await submitted(sandbox);
    const { status, json } = await call(sandbox, "POST", `/v1/requests/${id}/cancel`);
    expect(status).toBe(200);
    expect(json).toEqual({ request_id: id, status: "cancelled", outcome: "cancelled" });
    expect(await finalResult(sandbox, id)).toMatchObject({ status: "cancelled" });
  });

  test("of a job in progress changes nothing", async () => {
    const sandbox = await sandboxForTest({ timing: { minRunMs: 60_000 } });
    const id = await submitted(sandbox);
    await until(
      () => sandbox.ledger()[0]?.state,
      (state) => state === "in_progress",
    );
    const { status, json } = await call(sandbox, "POST", `/v1/requests/${id}/cancel`);
    expect(status).toBe(200);
    expect(json).toEqual({ request_id: id, status: "in_progress", outcome: "not_cancellable" });
  });

  test("of a completed job is not possible", async () => {
    const sandbox = await sandboxForTest();
    const id = await submitted(sandbox);
    await finalResult(sandbox, id);
    const { json } = await call(sandbox, "POST", `/v1/requests/${id}/cancel`);
    expect(json).toMatchObject({ status: "completed", outcome: "not_cancellable" });
  });

  test("asked for twice says cancelled twice", async () => {
    const sandbox = await sandboxForTest({ timing: { queuedMs: 60_000 } });
    const id = await submitted(sandbox);
    const cancel = () => call(sandbox, "POST", `/v1/requests/${id}/cancel`);
    const answers = await Promise.all([cancel(), cancel()]);
    expect(answers.map(({ json }) => json["outcome"])).toEqual(["cancelled", "cancelled"]);
  });

  test("lets the next job move up", async () => {
    const sandbox = await sandboxForTest({ timing: { queuedMs: 60_000, perPositionMs: 60_000 } });
    const [first, second, third] = [await submitted(sandbox), await submitted(sandbox), await submitted(sandbox)];
    await call(sandbox, "POST", `/v1/requests/${first}/cancel`);
    await call(sandbox, "POST", `/v1/requests/${second}/cancel`);
    const { json } = await call(sandbox, "GET", `/v1/requests/${third}/status`);
    expect(json["queue_position"]).toBe(1);
  });
});

describe("model page", () => {
  test("tells schema and price, and that the prompt is ignored", async () => {
    const sandbox = await sandboxForTest();
    const { json } = await call(sandbox, "GET", `/v1/models/${MODEL_ID}`);
    expect(json).toMatchObject({ model_id: MODEL_ID, base_price_usd: 0, input_schema: { title: "Input" } });
    expect(json["pricing_note"]).toContain("ignores the prompt");
  });

  test("the start page says in plain text what this is", async () => {
    const sandbox = await sandboxForTest();
    const { bytes, type } = await download(`${sandbox.url}/`);
    expect(type).toBe("text/plain; charset=utf-8");
    expect(bytes.toString()).toMatch(/sandbox, not RunComfy.*ignores the prompt.*\$0\.00/);
  });
});
