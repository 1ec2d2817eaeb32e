import { hash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testServer } from "../support/test-server.ts";

const text = (name: string): string => `{\n  "inlay": 1,\n  "name": "${name}",\n  "nodes": {}\n}\n`;
const etag = (content: string): string => `"${hash("sha256", content)}"`;
const address = (path: string): string => `/api/workflows/${encodeURIComponent(path)}`;
const write = (body: string, headers: Record<string, string>) => ({ method: "PUT", body, headers }) as const;
const create = { "if-none-match": "*" };

test("the list has the files that are workflows, with their names and versions", async () => {
  const server = await testServer();
  await server.put("workflows/cups/a b.json", text("A cup"));
  await server.put("root.json", '{ "inlay": 1');
  await server.put("package.json", "{}");
  await server.put("inputs/elsewhere.json", text("Not listed"));
  const { json } = await server.ask("/api/workflows");
  expect(json.workflows).toEqual([
    {
      path: "workflows/cups/a b.json",
      name: "A cup",
      etag: etag(text("A cup")),
      size: text("A cup").length,
      modified: expect.stringMatching(/^\d{4}-.*Z$/),
    },
  ]);
});

test("a file is read byte for byte, and not sent to who has it", async () => {
  const server = await testServer();
  await server.put("workflows/a.json", text("ä"));
  const { text: body, headers } = await server.ask(address("workflows/a.json"));
  expect([body, headers.etag]).toEqual([text("ä"), etag(text("ä"))]);
  const again = await server.ask(address("workflows/a.json"), { headers: { "if-none-match": headers.etag ?? "" } });
  expect([again.status, again.text]).toEqual([304, ""]);
});

test("a file is written byte for byte when it is the version that the writer knows", async () => {
  const server = await testServer();
  const path = "workflows/new/a.json";
  const created = await server.ask(address(path), write(text("1"), create));
  expect([created.status, created.json]).toEqual([201, { path, etag: etag(text("1")), diagnostics: [] }]);
  const replaced = await server.ask(address(path), write(text("2"), { "if-match": created.json.etag }));
  expect([replaced.status, replaced.headers.etag]).toEqual([200, etag(text("2"))]);
  expect(await readFile(join(server.workspace.dir, path), "utf8")).toBe(text("2"));
});

test("another version is never overwritten", async () => {
  const server = await testServer();
  await server.put("a.json", text("theirs"));
  for (const headers of [create, { "if-match": etag(text("older")) }]) {
    const { status, json } = await server.ask(address("a.json"), write(text("mine"), headers));
    expect([status, json.error.code, json.error.received]).toEqual([412, "workflow.changed", etag(text("theirs"))]);
  }
  const gone = await server.ask(address("gone.json"), write(text("mine"), { "if-match": etag(text("theirs")) }));
  expect(gone.status).toBe(412);
  expect(await readFile(join(server.workspace.dir, "a.json"), "utf8")).toBe(text("theirs"));
});

test("of writers who know the same version, one wins", async () => {
  const server = await testServer();
  await server.put("a.json", text("0"));
  const writes = ["1", "2", "3", "4"].map((name) =>
    server.ask(address("a.json"), write(text(name), { "if-match": etag(text("0")) })),
  );
  const statuses = (await Promise.all(writes)).map(({ status }) => status);
  expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 412, 412, 412]);
});

test("a write that says no version is refused", async () => {
  const server = await testServer();
  const { status, json } = await server.ask(address("a.json"), write(text("1"), {}));
  expect([status, json.error.code]).toEqual([428, "request.precondition"]);
});

test("what is wrong in a workflow is told and kept; what is no workflow is refused", async () => {
  const server = await testServer();
  const unknown = `{ "inlay": 1, "nodes": { "a": { "type": "x/y", "version": 1, "inputs": {} } } }`;
  const kept = await server.ask(address("a.json"), write(unknown, create));
  expect(kept.status).toBe(201);
  expect(kept.json.diagnostics).toMatchObject([{ code: "node.unknown-type", node: "a", line: 1 }]);
  const refused = await server.ask(address("b.json"), write("[1, 2", create));
  expect([refused.status, refused.json.error.code]).toEqual([422, "workflow.invalid"]);
  expect(await readdir(server.workspace.dir)).not.toContain("b.json");
});

test("a removed file is in the trash", async () => {
  const server = await testServer();
  await server.put("a.json", text("a"));
  const remove = (tag: string) => server.ask(address("a.json"), { method: "DELETE", headers: { "if-match": tag } });
  expect((await remove(etag("other"))).status).toBe(412);
  expect((await remove(etag(text("a")))).status).toBe(204);
  expect((await server.ask(address("a.json"))).status).toBe(404);
  const trash = join(server.workspace.stateDir, "trash");
  const [folder = ""] = await readdir(trash);
  expect(await readFile(join(trash, folder, "a.json"), "utf8")).toBe(text("a"));
});
