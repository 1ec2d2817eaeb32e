import { expect, onTestFinished, test } from "vitest";
import { certificate, namesTo, webServer } from "../../test/support/web-server.ts";
import { webhookPost } from "./post-webhook.ts";
import type { PostRules } from "./post-webhook.ts";
import { webhookTargets } from "./webhook-target.ts";

const message = { headers: { "webhook-id": "run_1" }, body: '{"type":"run.finished"}' };
const never = new AbortController().signal;

/** Posts that take the test's server for a public one. */
function post(rules: Partial<PostRules> = {}) {
  const names = namesTo({ "pictures.test": "127.0.0.1", "other.test": "127.0.0.1" });
  const made = webhookPost({ targets: webhookTargets({}), lookup: names, ca: certificate, ...rules });
  onTestFinished(() => made.close());
  return made;
}

test("a message is posted with its headers, and nothing of the person is sent", async () => {
  const heard: unknown[] = [];
  const { port } = await webServer((request, response) => {
    request.on("data", (piece: Buffer) => heard.push(Object.keys(request.headers).toSorted(), piece.toString()));
    request.on("end", () => response.writeHead(204).end());
  });
  expect(await post().send(`https://pictures.test:${port}/a`, message, never)).toBeUndefined();
  expect(heard).toEqual([
    ["connection", "content-length", "content-type", "host", "user-agent", "webhook-id"],
    message.body,
  ]);
});

test.each([
  [500, { code: "webhook.status", received: "HTTP 500" }],
  [404, { code: "webhook.status" }],
  [410, { code: "webhook.status", isFinal: true }],
])("an answer of %i is no delivery", async (status, problem) => {
  const { port } = await webServer((_, response) => response.writeHead(status).end("x".repeat(100_000)));
  expect(await post().send(`https://pictures.test:${port}/`, message, never)).toMatchObject(problem);
});

test("a redirect is not followed", async () => {
  const other = await webServer((_, response) => response.end());
  const { port } = await webServer((_, response) =>
    response.writeHead(307, { location: `https://other.test:${other.port}/` }).end(),
  );
  const problem = await post().send(`https://pictures.test:${port}/`, message, never);
  expect([problem?.code, other.calls]).toEqual(["webhook.redirect", []]);
});

test("a name that resolves to this machine is refused for good, whatever it resolved to before", async () => {
  const { port, calls } = await webServer((_, response) => response.end());
  const made = webhookPost({ targets: { check: (text) => new URL(text), isNamed: () => false }, ca: certificate });
  onTestFinished(() => made.close());
  const problem = await made.send(`https://localhost:${port}/?token=secret`, message, never);
  expect([problem, calls]).toMatchObject([{ code: "url.private", isFinal: true }, []]);
  expect(JSON.stringify(problem)).not.toContain("secret");
});

test("a receiver that hangs is given up after the limit", async () => {
  const { port } = await webServer(() => undefined);
  const problem = await post({ timeLimitMs: 300 }).send(`https://pictures.test:${port}/`, message, never);
  expect(problem?.code).toBe("webhook.timeout");
});

test("a receiver that is not there, or that nobody trusts, can be told another time", async () => {
  const { port } = await webServer((_, response) => response.end());
  const gone = await post().send("https://pictures.test:1/", message, never);
  expect(gone).toMatchObject({ code: "webhook.unreachable" });
  const names = namesTo({ "pictures.test": "127.0.0.1" });
  const strict = webhookPost({ targets: webhookTargets({}), lookup: names });
  onTestFinished(() => strict.close());
  const untrusted = await strict.send(`https://pictures.test:${port}/`, message, never);
  expect([untrusted?.code, gone?.isFinal]).toEqual(["webhook.unreachable", undefined]);
});
