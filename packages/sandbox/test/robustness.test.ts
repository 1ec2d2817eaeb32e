import { rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { MODEL_ID, type Sandbox } from "../src/index.ts";
import { MAX_BODY_BYTES } from "../src/read-body.ts";
import { call, finalResult, sandboxForTest, submit, submitted, temporaryFolder } from "./support/sandboxes.ts";

/** Writes raw bytes and gives all that comes back until the other side closes. */
async function raw(sandbox: Sandbox, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(sandbox.port, "127.0.0.1", () => socket.write(text));
    let received = "";
    socket.on("data", (chunk) => (received += chunk.toString()));
    socket.on("close", () => resolve(received));
    socket.on("error", reject);
  });
}

function parsed(answer: string): { status: number; error_code: number } {
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  return { status: Number(head.split(" ")[1]), error_code: (JSON.parse(body) as { error_code: number }).error_code };
}

describe("a body", () => {
  test.each(["", "{", "not json", "[1,", "\u0000"])("that is not JSON is 422: %j", async (body) => {
    const sandbox = await sandboxForTest();
    const { status, json } = await call(sandbox, "POST", `/v1/models/${MODEL_ID}`, { body });
    expect(status).toBe(422);
    expect(json).toMatchObject({ error_code: 422001, detail: [{ loc: ["body"] }] });
  });

  test.each(["null", "[]", "7", '"x"'])("that is no object is 422: %s", async (body) => {
    const sandbox = await sandboxForTest();
    const { status, json } = await call(sandbox, "POST", `/v1/models/${MODEL_ID}`, { body });
    expect([status, json["error_code"]]).toEqual([422, 422001]);
  });

  test("nested a hundred thousand deep is refused like any other", async () => {
    const sandbox = await sandboxForTest();
    const body = `{"prompt":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect((await call(sandbox, "POST", `/v1/models/${MODEL_ID}`, { body })).status).toBe(422);
  });

  test("that says it is too large is 413 before it is sent", async () => {
    const sandbox = await sandboxForTest();
    const head = `POST /v1/models/${MODEL_ID} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${sandbox.token}\r\nConnection: close`;
    const answer = await raw(sandbox, `${head}\r\nContent-Length: ${MAX_BODY_BYTES + 1}\r\n\r\n{`);
    expect(parsed(answer)).toEqual({ status: 413, error_code: 413001 });
  });

  test("whose refusal names a field has it in the detail", async () => {
    const sandbox = await sandboxForTest();
    const { status, json } = await submit(sandbox, { strength: 1.5 });
    expect(status).toBe(422);
    expect(json).toMatchObject({ error_code: 422001, detail: [{ loc: ["body", "strength"], msg: "must be <= 1" }] });
  });
});

describe("a path", () => {
  test.each([
    ["/v1/requests/..%2F..%2Fid/status", 400, 400001],
    ["/v1/requests/%2e%2e/status", 400, 400001],
    ["/v1/requests/../../../etc/passwd/status", 400, 400001],
    ["/v1/requests/%zz/status", 400, 400001],
    ["/v1/requests/a%00b/result", 400, 400001],
    ["/_sandbox/jobs/..%2f..%2fid/mask", 400, 400001],
    ["/outputs/..%2Fledger.jsonl", 404, 404001],
    ["/outputs/../ledger.jsonl", 404, 404001],
    ["/nonesuch", 404, 404001],
    ["//evil.example/v1", 404, 404001],
  ])("%s is answered with %i and %i", async (path, status, error_code) => {
    const sandbox = await sandboxForTest();
    const headers = `Host: x\r\nAuthorization: Bearer ${sandbox.token}\r\nConnection: close`;
    expect(parsed(await raw(sandbox, `GET ${path} HTTP/1.1\r\n${headers}\r\n\r\n`))).toEqual({ status, error_code });
  });
});

describe("a method", () => {
  test.each([
    ["PUT", `/v1/models/${MODEL_ID}`, "POST, GET"],
    ["POST", "/v1/requests/x/status", "GET"],
    ["GET", "/v1/requests/x/cancel", "POST"],
    ["DELETE", "/_sandbox/ledger", "GET"],
    ["POST", "/", "GET"],
  ])("that does not fit is 405: %s %s", async (method, path, allow) => {
    const sandbox = await sandboxForTest();
    const { status, json, headers } = await call(sandbox, method, path);
    expect([status, json["error_code"], headers.get("allow")]).toEqual([405, 405001, allow]);
  });

  test("HEAD is answered as GET, without a body", async () => {
    const sandbox = await sandboxForTest();
    const response = await fetch(sandbox.url, { method: "HEAD", headers: { connection: "close" } });
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });
});

describe("a connection", () => {
  test("that is not HTTP gets an error of the API's shape", async () => {
    const sandbox = await sandboxForTest();
    expect(parsed(await raw(sandbox, "\u0016\u0003\u0001 hello\r\n\r\n")).status).toBe(400);
  });

  test("that sends too slowly gets 408", async () => {
    const sandbox = await sandboxForTest({ timing: { requestTimeoutMs: 100 } });
    const answer = await raw(sandbox, `POST /v1/models/${MODEL_ID} HTTP/1.1\r\nHost: x\r\n`);
    expect(parsed(answer)).toEqual({ status: 408, error_code: 408001 });
  });

  test("that stays open does not keep close() from ending", async () => {
    const sandbox = await sandboxForTest({ timing: { minRunMs: 60_000 } });
    await submitted(sandbox);
    const idle = raw(sandbox, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").catch(() => "");
    await sandbox.close();
    await idle;
    await expect(fetch(sandbox.url)).rejects.toThrow();
  });
});

test("a port that is taken is told, and the folder let go of", async () => {
  const [first, second] = [await sandboxForTest(), await sandboxForTest()];
  await second.close();
  await expect(sandboxForTest({ port: first.port })).rejects.toMatchObject({ data: { code: "sandbox.port" } });
});

test("a folder that holds something else is told, and let go of", async () => {
  const dir = await temporaryFolder();
  await writeFile(join(dir, "ledger.jsonl"), "not JSON\n");
  await expect(sandboxForTest({ dir })).rejects.toMatchObject({ data: { code: "sandbox.folder" } });
  await rm(join(dir, "ledger.jsonl"));
  await sandboxForTest({ dir });
  await expect(sandboxForTest({ dir: join(dir, "id") })).rejects.toMatchObject({ data: { code: "sandbox.folder" } });
});

test("a job fails, and keeps nobody waiting, when the folder is taken away under it", async () => {
  const dir = await temporaryFolder();
  const sandbox = await sandboxForTest({ dir, timing: { queuedMs: 100 } });
  const id = await submitted(sandbox);
  await rm(dir, { recursive: true });
  expect(await finalResult(sandbox, id)).toMatchObject({ status: "failed" });
});
