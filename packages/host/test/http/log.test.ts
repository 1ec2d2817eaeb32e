import { expect, test } from "vitest";
import { fileArtifacts } from "../../src/artifacts.ts";
import { serverLog } from "../../src/http/index.ts";
import { testServer, token } from "../support/test-server.ts";

interface Line {
  readonly level: number;
  readonly request?: string;
  readonly [name: string]: unknown;
}

const error = 50;

/** A log that is kept. */
function keptLog() {
  const texts: string[] = [];
  const log = serverLog("debug", { write: (text) => void texts.push(text) });
  return { log, texts, lines: () => texts.map((text) => JSON.parse(text) as Line) };
}

test("each request is logged under the id of its answer, without token, cookie, key or body", async () => {
  const { log, texts, lines } = keptLog();
  const server = await testServer({ log });
  const asked = await server.ask("/api/workflows?token=in-the-query", { headers: { cookie: "inlay-1=in-a-cookie" } });
  const entry = new URL(server.newEntry());
  const opened = await server.ask(entry.pathname + entry.search, { as: "nobody" });
  const refused = await server.ask("/open?key=a-key-that-is-none", { as: "nobody" });
  const body = JSON.stringify({ key: "a-key-in-a-body" });
  const posted = await server.ask("/api/session", { as: "nobody", method: "POST", body });
  const wrong = await server.ask("/api/runs", { as: "nobody", headers: { authorization: "Bearer a-wrong-token" } });
  const answers = [asked, opened, refused, posted, wrong];
  const logged = lines().filter(({ request }) => request !== undefined);
  expect(logged).toMatchObject(
    answers.map(({ status, headers }) => ({ request: headers["x-request-id"], status, msg: "request" })),
  );
  const own = opened.headers["set-cookie"]![0]!.split(";")[0]!.split("=")[1]!;
  const secrets = ["in-the-query", "in-a-cookie", entry.searchParams.get("key")!, "a-key", "a-wrong-token", token, own];
  expect(secrets.filter((secret) => texts.join("").includes(secret))).toEqual([]);
});

test("what is called like a secret is never written, however deep it lies, in an error too", () => {
  const { log, texts, lines } = keptLog();
  const details = { a: [{ b: { Authorization: "a-secret", "set-cookie": ["a-secret"], apiToken: "a-secret" } }] };
  log.warn({ details, headers: { x: "a-secret" }, run: "r1" }, "nested");
  log.error({ err: Object.assign(new Error("failed"), { request: { headers: "a-secret" }, token: "a-secret" }) });
  let deep: object = { secret: "a-secret" };
  for (let i = 0; i < 100; i++) deep = { deep };
  log.warn({ deep });
  expect(texts.join("")).not.toContain("a-secret");
  expect(lines()).toMatchObject([{ run: "r1", msg: "nested" }, { err: { message: "failed" } }, {}]);
});

test("only a fault of the server is an error in its log: with what happened, under the id that the client got", async () => {
  const { log, lines } = keptLog();
  const server = await testServer({ log });
  const artifacts = fileArtifacts(server.workspace);
  const { sha256 } = await artifacts.put(Buffer.from("a picture"), { mime: "image/png" });
  await artifacts.close();
  const fault = await server.ask(`/api/artifacts/${sha256}/thumbnail`);
  expect([fault.status, fault.text.includes("make no pictures")]).toEqual([500, false]);
  await server.drain();
  const workflow = { inlay: 1, nodes: {} };
  const drained = await server.ask("/api/runs", { method: "POST", body: JSON.stringify({ workflow }) });
  expect([drained.status, drained.json.error.code]).toEqual([503, "server.draining"]);
  const errors = lines().filter(({ level }) => level >= error);
  expect(errors).toMatchObject([
    {
      request: fault.headers["x-request-id"],
      code: "node.internal",
      err: { message: "These nodes make no pictures." },
    },
  ]);
});
