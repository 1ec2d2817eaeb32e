import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tempFolder } from "../support/temp-workspace.ts";
import { send, testServer, token } from "../support/test-server.ts";
import type { Ask, TestServer } from "../support/test-server.ts";

// Requests that nobody means well with, and the answer that each must get.

let server: TestServer;
const atEnd: (() => Promise<void>)[] = [];
beforeAll(async () => {
  const onEnd = (work: () => Promise<void>): void => void atEnd.unshift(work);
  server = await testServer({ env: { INLAY_TOKEN: token, INLAY_TOKENS: "shop=the-token-of-the-shop" }, onEnd });
  const outside = await tempFolder(onEnd);
  await writeFile(join(outside, "secret.json"), '{ "inlay": 1, "nodes": {}, "name": "canary" }');
  await mkdir(join(server.workspace.dir, "workflows"), { recursive: true });
  await symlink(join(outside, "secret.json"), join(server.workspace.dir, "workflows", "link.json"));
  await symlink(outside, join(server.workspace.dir, "workflows", "away"));
  await server.put("inputs/page.html", "<script>1</script>");
  await server.put("inputs/drawing.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>');
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

type Row = readonly [name: string, path: string, ask: Ask, status: number, code: string];

const one = (path: string): string => `/api/workflows/${encodeURIComponent(path)}`;
const file = (path: string): string => `/api/files/${encodeURIComponent(path)}`;
const nobody: Ask = { as: "nobody" };
const withHeaders = (headers: Record<string, string>, more: Ask = {}): Ask => ({ ...more, headers });
const post = (body: string, headers: Record<string, string> = {}): Ask => ({ method: "POST", body, headers });
const create = (body: string): Ask => ({ method: "PUT", body, headers: { "if-none-match": "*" } });
const workflow = '{"inlay":1,"nodes":{}}';
const run = (body: object): Ask => post(JSON.stringify(body));
const hash = "a".repeat(64);

const hosts: readonly Row[] = [
  ["another host", "/api/session", withHeaders({ host: "evil.example" }), 421, "request.host"],
  ["another host on the page", "/", withHeaders({ host: "evil.example" }), 421, "request.host"],
  ["another port", "/api/session", withHeaders({ host: "127.0.0.1:1" }), 421, "request.host"],
  ["a name that resolves here", "/api/session", withHeaders({ host: "localtest.me" }), 421, "request.host"],
  [
    "a host with our name in front",
    "/api/session",
    withHeaders({ host: "127.0.0.1.evil.example" }),
    421,
    "request.host",
  ],
  ["no port in the host", "/api/session", withHeaders({ host: "127.0.0.1" }), 421, "request.host"],
  ["all addresses", "/api/session", withHeaders({ host: "0.0.0.0" }), 421, "request.host"],
  ["another host to health", "/api/health", withHeaders({ host: "evil.example" }), 421, "request.host"],
  ["another host to the entry", "/open?key=x", withHeaders({ host: "evil.example" }), 421, "request.host"],
];

const origins: readonly Row[] = [
  ["a foreign origin", "/api/runs", withHeaders({ origin: "https://evil.example" }, run({})), 403, "request.origin"],
  ["a foreign origin that reads", "/api/runs", withHeaders({ origin: "https://evil.example" }), 403, "request.origin"],
  ["an opaque origin", "/api/runs", withHeaders({ origin: "null" }, run({})), 403, "request.origin"],
  ["another port's origin", "/api/runs", withHeaders({ origin: "http://127.0.0.1:1" }), 403, "request.origin"],
  ["our origin over https", "/api/runs", withHeaders({ origin: "https://localhost" }), 403, "request.origin"],
  ["a cross-site fetch", "/api/runs", withHeaders({ "sec-fetch-site": "cross-site" }), 403, "request.origin"],
  ["a same-site fetch", "/api/events", withHeaders({ "sec-fetch-site": "same-site" }), 403, "request.origin"],
  ["an unknown site", "/api/catalog", withHeaders({ "sec-fetch-site": "x" }), 403, "request.origin"],
  [
    "a preflight",
    "/api/runs",
    { method: "OPTIONS", headers: { origin: "https://evil.example" } },
    403,
    "request.origin",
  ],
  [
    "a foreign page that enters",
    "/api/session",
    withHeaders({ origin: "https://evil.example" }, post('{"key":"x"}')),
    403,
    "request.origin",
  ],
];

/** What a page of another site can send without being asked: a form without fields. */
const emptyForm = { "content-type": "application/x-www-form-urlencoded", "content-length": "0" };
const foreignForm = withHeaders({ ...emptyForm, origin: "https://evil.example" }, { method: "POST" });

const forms: readonly Row[] = [
  ["a form without content from another site", "/api/runs/x/cancel", foreignForm, 403, "request.origin"],
  ["one that makes room", "/api/gc", foreignForm, 403, "request.origin"],
  ["one that orders anew", "/api/jobs/x/resubmit", foreignForm, 403, "request.origin"],
  [
    "one whose browser says the site alone",
    "/api/runs/x/retry",
    withHeaders({ ...emptyForm, "sec-fetch-site": "cross-site" }, { method: "POST" }),
    403,
    "request.origin",
  ],
  [
    "a form without content from nowhere",
    "/api/runs/x/cancel",
    withHeaders(emptyForm, { method: "POST" }),
    415,
    "request.type",
  ],
  [
    "a form without content as upload",
    "/api/uploads",
    withHeaders({ ...emptyForm, "content-type": "text/plain" }, { method: "POST" }),
    415,
    "request.type",
  ],
];

const entries: readonly Row[] = [
  ["nobody", "/api/session", nobody, 401, "auth.required"],
  ["nobody who moves a run", "/api/runs/x", { ...nobody, method: "PATCH", body: "{}" }, 401, "auth.required"],
  ["nobody who tells a webhook", "/api/runs/x/webhook", { ...nobody, method: "POST" }, 401, "auth.required"],
  [
    "another client that chooses the service",
    "/api/settings",
    { method: "PUT", body: "{}", as: "nobody", headers: { authorization: "Bearer the-token-of-the-shop" } },
    403,
    "auth.owner",
  ],
  [
    "a stranger with a long key",
    "/api/session",
    { as: "nobody", ...post(`{"key":"${"a".repeat(5000)}"}`) },
    413,
    "request.too-large",
  ],
  ["nobody at the catalogue", "/api/catalog", nobody, 401, "auth.required"],
  ["nobody at an artifact", `/api/artifacts/${hash}`, nobody, 401, "auth.required"],
  ["nobody at the events", "/api/events", nobody, 401, "auth.required"],
  ["nobody at an address that is none", "/api/nothing", nobody, 401, "auth.required"],
  ["nobody at the description", "/api/openapi.json", nobody, 401, "auth.required"],
  ["a wrong token", "/api/session", { as: "nobody", headers: { authorization: "Bearer wrong" } }, 401, "auth.required"],
  ["an empty token", "/api/session", { as: "nobody", headers: { authorization: "Bearer " } }, 401, "auth.required"],
  [
    "half of the token",
    "/api/session",
    { as: "nobody", headers: { authorization: `Bearer ${token.slice(0, -1)}` } },
    401,
    "auth.required",
  ],
  [
    "two tokens",
    "/api/session",
    { as: "nobody", headers: { authorization: `Bearer ${token} ${token}` } },
    401,
    "auth.required",
  ],
  ["basic", "/api/session", { as: "nobody", headers: { authorization: `Basic ${token}` } }, 401, "auth.required"],
  ["the token in the address", `/api/session?token=${token}`, nobody, 401, "auth.required"],
  [
    "the token as cookie",
    "/api/session",
    { as: "nobody", headers: { cookie: `inlay-1=${token}` } },
    401,
    "auth.required",
  ],
  ["a key that is none", "/open?key=abc", nobody, 401, "auth.key"],
  ["no key", "/open", nobody, 401, "auth.key"],
  ["a key that is none, by a page", "/api/session", { as: "nobody", ...post('{"key":"abc"}') }, 401, "auth.key"],
  [
    "another client at the jobs",
    "/api/jobs",
    { as: "nobody", headers: { authorization: "Bearer the-token-of-the-shop" } },
    403,
    "auth.owner",
  ],
];

const paths: readonly Row[] = [
  ["..", one("../secret.json"), {}, 403, "file.outside-workspace"],
  [".. inside", one("workflows/../../secret.json"), {}, 403, "file.outside-workspace"],
  ["an absolute path", one("/etc/passwd.json"), {}, 403, "file.outside-workspace"],
  ["a drive", one("C:/secret.json"), {}, 403, "file.outside-workspace"],
  ["backslashes", one("..\\secret.json"), {}, 403, "file.outside-workspace"],
  ["a share", one("\\\\host\\share\\a.json"), {}, 403, "file.outside-workspace"],
  ["NUL", one("a\0.json"), {}, 422, "file.bad-name"],
  ["a device of Windows", one("nul.json"), {}, 422, "file.bad-name"],
  ["the own folder", one(".inlay/workspace.json"), {}, 422, "file.bad-name"],
  ["a link that leads out", one("workflows/link.json"), {}, 403, "file.outside-workspace"],
  ["a folder that leads out", one("workflows/away/secret.json"), {}, 403, "file.outside-workspace"],
  [
    "writing through a folder that leads out",
    one("workflows/away/new.json"),
    create(workflow),
    403,
    "file.outside-workspace",
  ],
  ["writing with ..", one("../new.json"), create(workflow), 403, "file.outside-workspace"],
  ["writing what hides", one(".bashrc.json"), create(workflow), 422, "file.bad-name"],
  ["writing what is no JSON by name", one("run.sh"), create(workflow), 422, "file.bad-name"],
  ["writing a name with a colon", one("ab:c.json"), create(workflow), 422, "file.bad-name"],
  ["the database as a file", file(".inlay/server.sqlite"), {}, 404, "file.not-found"],
  ["a file with ..", file("../secret.json"), {}, 403, "file.outside-workspace"],
  ["a file through a link", file("workflows/link.json"), {}, 403, "file.outside-workspace"],
  ["a folder as a file", file("workflows"), {}, 404, "file.not-a-file"],
  ["the server's own files by ..", "/..%2f..%2fpackage.json", {}, 404, "request.not-found"],
  ["the server's own files", "/assets/..%2f..%2f..%2fpackage.json", {}, 404, "request.not-found"],
  ["half an escape", "/%zz", {}, 400, "request.invalid"],
  ["a run of a file outside", "/api/runs", run({ file: "../secret.json" }), 403, "file.outside-workspace"],
  ["a template with ..", "/api/templates/..%2f..%2f/picture", {}, 404, "template.not-found"],
  ["making a file outside", "/api/workflows", run({ path: "../x.json" }), 403, "file.outside-workspace"],
  [
    "an upload into a folder outside",
    "/api/uploads?folder=..&name=a.png",
    { method: "POST", body: "x", headers: { "content-type": "image/png" } },
    403,
    "file.outside-workspace",
  ],
  [
    "an upload into the own folder",
    "/api/uploads?folder=.inlay%2Fartifacts&name=a.png",
    { method: "POST", body: "x", headers: { "content-type": "image/png" } },
    403,
    "file.outside-workspace",
  ],
  [
    "an upload into a folder that no system can hold",
    "/api/uploads?folder=inputs%3Ab&name=a.png",
    { method: "POST", body: "x", headers: { "content-type": "image/png" } },
    422,
    "file.bad-name",
  ],
  [
    "strokes named as a path",
    "/api/masks/strokes?name=..%2Fa",
    { method: "POST", body: "x", headers: { "content-type": "application/gzip" } },
    400,
    "request.invalid",
  ],
  [
    "an upload named as a path",
    "/api/uploads?name=..%2fa.png",
    { method: "POST", body: "x", headers: { "content-type": "image/png" } },
    422,
    "file.bad-name",
  ],
];

const bodies: readonly Row[] = [
  ["text", "/api/runs", post("{}", { "content-type": "text/plain" }), 415, "request.type"],
  ["a form", "/api/runs", post("a=1", { "content-type": "application/x-www-form-urlencoded" }), 415, "request.type"],
  [
    "a multipart form",
    "/api/uploads",
    post("a", { "content-type": "multipart/form-data; boundary=x" }),
    415,
    "request.type",
  ],
  ["text as upload", "/api/uploads", post("a", { "content-type": "text/plain" }), 415, "request.type"],
  ["JSON by another name", "/api/runs", post("{}", { "content-type": "application/json+x" }), 415, "request.type"],
  ["no type", "/api/runs", post("{}", { "content-type": "" }), 415, "request.type"],
  ["no body", "/api/runs", { method: "POST" }, 400, "request.invalid"],
  ["half of a body", "/api/runs", post('{"file":'), 400, "request.invalid"],
  ["a list", "/api/runs", post("[]"), 400, "request.invalid"],
  ["null", "/api/runs", post("null"), 400, "request.invalid"],
  ["neither file nor workflow", "/api/runs", run({}), 400, "request.invalid"],
  ["both file and workflow", "/api/runs", run({ file: "a.json", workflow: {} }), 400, "request.invalid"],
  ["a key that means nothing", "/api/runs", run({ file: "a.json", token: "x" }), 400, "request.invalid"],
  [
    "a prototype",
    "/api/runs",
    post(`{"workflow":{"inlay":1,"nodes":{},"__proto__":{"x":1}}}`),
    422,
    "workflow.invalid",
  ],
  ["a constructor", "/api/runs", run({ workflow: { inlay: 1, nodes: { constructor: {} } } }), 422, "workflow.invalid"],
  [
    "a depth without end",
    "/api/runs",
    post(`{"workflow":{"inlay":1,"nodes":${"[".repeat(5000)}${"]".repeat(5000)}}}`),
    400,
    "request.invalid",
  ],
  ["a service that is none", "/api/runs", run({ file: "a.json", service: "evil" }), 400, "request.invalid"],
  ["a service with an address", "/api/runs", run({ file: "a.json", service: { url: "x" } }), 400, "request.invalid"],
  ["a service that is not offered", "/api/runs", run({ workflow: {}, service: "sandbox" }), 422, "service.unavailable"],
  [
    "settings with an address",
    "/api/settings",
    { ...run({ service: "runcomfy", baseUrl: "x" }), method: "PUT" },
    400,
    "request.invalid",
  ],
  [
    "a webhook to this server",
    "/api/runs",
    run({ workflow: {}, webhook: { url: "https://127.0.0.1:1/api/gc" } }),
    422,
    "url.private",
  ],
  [
    "a webhook to the cloud",
    "/api/runs",
    run({ workflow: {}, webhook: { url: "https://169.254.169.254/" } }),
    422,
    "url.private",
  ],
  [
    "a webhook by another number",
    "/api/runs",
    run({ workflow: {}, webhook: { url: "https://0x7f000001/" } }),
    422,
    "url.private",
  ],
  [
    "a webhook into IPv6",
    "/api/runs",
    run({ workflow: {}, webhook: { url: "https://[::ffff:7f00:1]/" } }),
    422,
    "url.private",
  ],
  [
    "a webhook to a file",
    "/api/runs",
    run({ workflow: {}, webhook: { url: "file:///etc/passwd" } }),
    422,
    "url.invalid",
  ],
  [
    "a webhook with a password",
    "/api/runs",
    run({ workflow: {}, webhook: { url: "https://a:b@x.example/" } }),
    422,
    "url.invalid",
  ],
  [
    "a webhook with headers",
    "/api/runs",
    run({ workflow: {}, webhook: { url: "https://x.example/", headers: {} } }),
    400,
    "request.invalid",
  ],
  ["a place of nothing", "/api/runs/x", { ...run({ place: 0 }), method: "PATCH" }, 400, "request.invalid"],
  [
    "a place and an owner",
    "/api/runs/x",
    { ...run({ place: 1, client: "shop" }), method: "PATCH" },
    400,
    "request.invalid",
  ],
  ["a priority without end", "/api/runs", run({ file: "a.json", priority: 1e9 }), 400, "request.invalid"],
  ["more paid jobs than anybody means", "/api/runs", run({ file: "a.json", maxPaid: 1e12 }), 400, "request.invalid"],
  ["a wait without end", "/api/runs?wait=99999", run({ file: "a.json" }), 400, "request.invalid"],
  [
    "a body that claims gigabytes",
    "/api/runs",
    { method: "POST", headers: { "content-type": "application/json", "content-length": "9999999999" } },
    413,
    "request.too-large",
  ],
  [
    "an upload that claims gigabytes",
    "/api/uploads",
    { method: "POST", headers: { "content-type": "image/png", "content-length": "9999999999" } },
    413,
    "request.too-large",
  ],
  ["a workflow that is none", one("workflows/a.json"), create("not JSON"), 422, "workflow.invalid"],
  [
    "a write that says no version",
    one("workflows/a.json"),
    { method: "PUT", body: workflow },
    428,
    "request.precondition",
  ],
  [
    "a version that is none",
    one("workflows/a.json"),
    { method: "PUT", body: workflow, headers: { "if-match": "*" } },
    428,
    "request.precondition",
  ],
];

const ids: readonly Row[] = [
  ["a run that is none", "/api/runs/nothing", {}, 404, "run.not-found"],
  ["a run with SQL", `/api/runs/${encodeURIComponent("' or 1=1 --")}`, {}, 404, "run.not-found"],
  ["a run with NUL", "/api/runs/a%00b", {}, 404, "run.not-found"],
  ["a run without end", `/api/runs/${"a".repeat(5000)}`, {}, 400, "request.invalid"],
  ["moving a run that is none", "/api/runs/x", { ...run({ place: 1 }), method: "PATCH" }, 404, "run.not-found"],
  ["telling of a run that is none", "/api/runs/x/webhook", { method: "POST" }, 404, "run.not-found"],
  ["cancelling a run that is none", "/api/runs/x/cancel", { method: "POST" }, 404, "run.not-found"],
  ["retrying a run that is none", "/api/runs/x/retry", { method: "POST" }, 404, "run.not-found"],
  ["the events of a run that is none", "/api/runs/x/events", {}, 404, "run.not-found"],
  ["a status that is none", "/api/runs?status=%27%20or%201", {}, 400, "request.invalid"],
  ["a page without end", "/api/runs?limit=1000000", {}, 400, "request.invalid"],
  ["a place that is none", "/api/events?after=-1", {}, 400, "request.invalid"],
  ["a place without end", "/api/events?after=99999999999999999999", {}, 400, "request.invalid"],
  ["an artifact that is none", `/api/artifacts/${hash}`, {}, 410, "artifact.missing"],
  ["an artifact by a path", "/api/artifacts/..%2f..%2fsalt", {}, 400, "request.invalid"],
  ["a thumbnail without end", `/api/artifacts/${hash}/thumbnail?size=100000`, {}, 400, "request.invalid"],
  ["a job that is none", "/api/jobs/x/forget", { method: "POST" }, 404, "jobs.not-found"],
  ["an address that is none", "/api/nothing", {}, 404, "request.not-found"],
  ["a method that is none", "/api/runs", { method: "PATCH" }, 404, "request.not-found"],
  ["TRACE", "/api/session", { method: "TRACE" }, 404, "request.not-found"],
  ["a page that is none", "/admin", {}, 404, "request.not-found"],
  ["a page by another method", "/", { method: "POST" }, 404, "request.not-found"],
];

describe.each([
  ["hosts", hosts],
  ["origins", origins],
  ["forms", forms],
  ["entries", entries],
  ["paths", paths],
  ["bodies", bodies],
  ["ids", ids],
])("hostile %s", (_group, rows) => {
  test.each(rows)("%s", async (_name, path, ask, status, code) => {
    const answer = await server.ask(path, ask);
    expect([answer.status, answer.json?.error?.code], answer.text).toEqual([status, code]);
    expect(answer.text).not.toMatch(/canary|node_modules|\.ts:|at .*\(|\/tmp\//);
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
    // Whatever came, the server is still there.
    expect((await server.ask("/api/health")).status).toBe(200);
  });
});

test("of all that was refused nothing is kept", async () => {
  const kept = await readdir(join(server.workspace.stateDir, "artifacts"), { recursive: true }).catch(() => []);
  expect(kept).toEqual([]);
});

test("there are at least sixty of them", () => {
  expect([hosts, origins, forms, entries, paths, bodies, ids].flat().length).toBeGreaterThanOrEqual(60);
});

test.each(["inputs/page.html", "inputs/drawing.svg"])("%s is downloaded and runs nothing", async (path) => {
  const { headers } = await server.ask(file(path));
  expect(headers).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": "attachment",
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
  });
});

test.each([
  ["no HTTP at all", "\0\0\0\0\r\n\r\n"],
  ["no host", "GET /api/session HTTP/1.1\r\n\r\n"],
  ["a header without end", `GET / HTTP/1.1\r\nhost: x\r\na: ${"a".repeat(100_000)}\r\n\r\n`],
  ["two lengths", "POST /api/runs HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab"],
  [
    "a length and chunks",
    "POST /api/runs HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
  ],
  ["an address of another server", "GET http://evil.example/api/session HTTP/1.1\r\nhost: evil.example\r\n\r\n"],
])("raw bytes: %s", async (_name, bytes) => {
  const answer = await raw(server.port, bytes);
  expect(answer).toMatch(/^$|^HTTP\/1\.1 4\d\d/);
});

test("a question to a proxy is refused, though the host is ours", async () => {
  const ours = `host: 127.0.0.1:${server.port}\r\nauthorization: Bearer ${token}\r\n\r\n`;
  expect(await raw(server.port, `GET http://evil.example/api/session HTTP/1.1\r\n${ours}`)).toMatch(/^HTTP\/1\.1 421 /);
});

test("a cookie of somebody else's choosing never becomes a session, and does not keep out who has one", async () => {
  const name = `inlay-${server.port}`;
  const planted = `${name}=a-value-that-an-attacker-knows`;
  const key = new URL(server.newEntry()).searchParams.get("key");
  const entered = await server.ask("/api/session", {
    as: "nobody",
    method: "POST",
    body: JSON.stringify({ key }),
    headers: { cookie: planted },
  });
  const own = entered.headers["set-cookie"]![0]!.split(";")[0]!;
  expect([entered.status, own.startsWith(`${name}=`), own.includes("attacker")]).toEqual([204, true, false]);
  const as = async (cookie: string) => (await server.ask("/api/session", { as: "nobody", headers: { cookie } })).status;
  expect(await as(planted)).toBe(401);
  // A page of another port may set a cookie of this name for a longer path, which browsers send first.
  expect([await as(`${planted}; ${own}`), await as(`${own}; ${planted}`)]).toEqual([200, 200]);
  expect(await as(Array.from({ length: 50 }, () => planted).join("; "))).toBe(401);
  // Coming in again gives another secret, and leaving makes it worthless.
  const left = await server.ask("/api/session", {
    as: "nobody",
    method: "DELETE",
    headers: { cookie: `${planted}; ${own}` },
  });
  expect([left.status, await as(own)]).toEqual([204, 401]);
});

test("a body of unknown length is refused", async () => {
  const head = `POST /api/runs HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\nauthorization: Bearer ${token}\r\n`;
  const body = "content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
  expect(await raw(server.port, head + body)).toMatch(/^HTTP\/1\.1 411 /);
});

test("a socket that says nothing holds nobody up", async () => {
  const sockets = Array.from({ length: 50 }, () => connect(server.port, "127.0.0.1").on("error", () => undefined));
  expect((await send(server.port, "/api/session", {})).status).toBe(200);
  for (const socket of sockets) socket.destroy();
});

function raw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (piece) => {
      text += String(piece);
      socket.end();
    });
    socket.on("error", () => undefined).on("close", () => resolve(text));
    setTimeout(() => socket.destroy(), 5000).unref();
  });
}
