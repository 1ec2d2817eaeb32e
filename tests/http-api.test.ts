import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, expect, test } from "vitest";
import { serve } from "./support/server.ts";
import { tempFolder } from "./support/workspace.ts";

// The description of the API: the page says what it says, and a client made of it alone can drive the sample.

interface Body {
  readonly content?: Readonly<Record<string, unknown>>;
}
interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, Body>>;
}
interface Document {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

let page: string;
beforeAll(async () => {
  page = await readFile(fileURLToPath(new URL("../docs/http-api.md", import.meta.url)), "utf8");
});

function operationsOf({ paths }: Document): string[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

test("docs/http-api.md has every operation of the description, and no other", async () => {
  const server = await serve(await tempFolder());
  const described = operationsOf(await server.api("GET", "/api/openapi.json"));
  const written = [...page.matchAll(/^\| `([A-Z]+) (\/api\/[^`?]+)`/gm)].map(([, method, path]) => `${method} ${path}`);
  expect(written.toSorted()).toEqual([...described, "GET /api/openapi.json"].toSorted());
});

test("a client made of the description alone drives the sample, and every body is what is described", async () => {
  const server = await serve(await tempFolder(), { args: ["--sandbox"] });
  const document: Document = await server.api("GET", "/api/openapi.json");
  const { client, used } = clientOf(document, "a-token-of-the-tests");
  const { templates } = await client("get", "/api/templates");
  const { path } = await client("post", "/api/workflows", {
    body: { template: templates.find(({ id }: { id: string }) => id === "remove-spoon").id },
  });
  expect((await client("post", "/api/validate", { body: { file: path } })).diagnostics).toEqual([]);
  expect((await client("post", "/api/describe", { body: { file: path } })).outputs).toHaveLength(1);
  expect((await client("post", "/api/plan", { body: { file: path } })).counts.paid).toBe(1);
  const run = await client("post", "/api/runs", { body: { file: path }, query: { wait: 60 } });
  expect(run.status).toBe("succeeded");
  const id = { id: run.id };
  expect((await client("get", "/api/runs/{id}", { path: id })).nodes.length).toBeGreaterThan(2);
  expect((await client("get", "/api/runs")).runs).toHaveLength(1);
  expect((await client("get", "/api/runs/{id}/workflow", { path: id })).inlay).toBe(1);
  expect((await client("put", "/api/runs/{id}/pinned", { path: id, body: { pinned: true } })).pinned).toBe(true);
  const retried = await client("post", "/api/runs/{id}/retry", { path: id });
  expect(await client("get", "/api/runs/{id}", { path: { id: retried.id }, query: { wait: 60 } })).toMatchObject({
    status: "succeeded",
    counts: { paid: 0 },
  });
  expect((await client("get", "/api/jobs")).jobs).toMatchObject([{ state: "succeeded" }]);
  expect((await client("get", "/api/files")).files.length).toBeGreaterThan(1);
  expect((await client("get", "/api/workflows")).workflows).toMatchObject([{ path }]);
  expect(await client("get", "/api/workflows/{path}", { path: { path } })).toMatchObject({ inlay: 1 });
  const blank = { inlay: 1, nodes: {} };
  const at = { path: { path: "workflows/blank.json" }, body: blank };
  const { etag } = await client("put", "/api/workflows/{path}", { ...at, headers: { "if-none-match": "*" } });
  await client("put", "/api/workflows/{path}", { ...at, headers: { "if-match": etag } });
  await expect(
    client("put", "/api/workflows/{path}", { ...at, headers: { "if-match": `"${"0".repeat(64)}"` } }),
  ).rejects.toThrow("workflow.changed");
  expect((await client("get", "/api/session")).services).toEqual(["sandbox"]);
  expect((await client("get", "/api/settings")).token).toBe("own");
  expect(await client("post", "/api/settings/test", { body: {} })).toEqual({ ok: true });
  expect(Object.keys((await client("get", "/api/catalog")).nodes).length).toBeGreaterThan(10);
  expect((await client("post", "/api/catalog/reload")).changed).toBe(false);
  expect((await client("post", "/api/gc", { body: {} })).removed).toBe(0);
  expect(await client("get", "/api/health")).toEqual({ status: "ok" });
  expect(used.size).toBeGreaterThan(20);

  await expect(client("get", "/api/runs/{id}", { path: { id: "none" } })).rejects.toThrow("run.not-found");
  const broken = { workflow: { inlay: 1, nodes: { a: { type: "image/blurr", version: 1, inputs: {} } } } };
  await expect(client("post", "/api/runs", { body: broken })).rejects.toThrow("workflow.invalid");
  // What the description does not allow is not sent: the client would hear of it before the server.
  await expect(client("post", "/api/runs", { body: { file: 7 } })).rejects.toThrow("does not fit");
  await expect(client("post", "/api/runs", { body: { file: path, x: 1 } })).rejects.toThrow("does not fit");
  await expect(client("get", "/api/none")).rejects.toThrow("not described");
});

interface Call {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const json = "application/json";

/** Calls what is described, the way that it is described, and nothing else; `used` has the operations that were called. */
function clientOf(document: Document, token: string) {
  const { servers, paths } = document;
  const checkBody = bodyCheck(document);
  const used = new Set<string>();
  // eslint-disable-next-line typescript/no-explicit-any
  const client = async (method: string, path: string, call: Call = {}): Promise<any> => {
    const operation = paths[path]?.[method];
    if (!operation) throw new Error(`${method} ${path} is not described`);
    const known = new Set((operation.parameters ?? []).map((parameter) => `${parameter.in} ${parameter.name}`));
    for (const kind of ["query", "path"] as const)
      for (const name of Object.keys(call[kind] ?? {}))
        if (!known.has(`${kind} ${name}`)) throw new Error(`unknown ${name}`);
    for (const name of Object.keys(call.headers ?? {}))
      if (!known.has(`header ${name}`)) throw new Error(`unknown ${name}`);
    if ((call.body !== undefined) !== (operation.requestBody !== undefined)) throw new Error("body");
    if (call.body !== undefined) checkBody(["paths", path, method, "requestBody"], call.body);
    const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(call.path?.[name] ?? ""));
    const query = new URLSearchParams(
      Object.fromEntries(Object.entries(call.query ?? {}).map(([name, value]) => [name, `${value}`])),
    );
    const response = await fetch(`${servers[0]!.url}${address}?${query}`, {
      method: method.toUpperCase(),
      headers: {
        authorization: `Bearer ${token}`,
        ...(call.body !== undefined && { "content-type": json }),
        ...call.headers,
      },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    });
    used.add(`${method} ${path}`);
    const answer: unknown = await response.json();
    const described = response.ok ? `${response.status}` : "default";
    if (!operation.responses[described]) throw new Error(`${response.status} is not described`);
    checkBody(["paths", path, method, "responses", described], answer);
    if (!response.ok) throw new Error((answer as { error: { code: string } }).error.code);
    return answer;
  };
  return { client, used };
}

/** Checks bodies by the schema at a place of the description; what a body has and no schema names does not fit either. */
function bodyCheck(document: Document): (place: readonly string[], body: unknown) => void {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(closed(document) as object, "description");
  return (place, body) => {
    const pointer = [...place, "content", json, "schema"].map((part) =>
      part.replaceAll("~", "~0").replaceAll("/", "~1"),
    );
    const fits = ajv.compile({ $ref: `description#/${pointer.map(encodeURIComponent).join("/")}` });
    if (!fits(body)) throw new Error(`${place.join(" ")} does not fit: ${ajv.errorsText(fits.errors)}`);
  };
}

/** The same schemas, where objects have no more properties than are named, unless they say that they may. */
function closed(schema: unknown): unknown {
  if (typeof schema !== "object" || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(closed);
  const members = Object.fromEntries(Object.entries(schema).map(([name, member]) => [name, closed(member)]));
  const isOpen = members["type"] !== "object" || !("properties" in members) || "additionalProperties" in members;
  return isOpen ? members : { ...members, additionalProperties: false };
}
