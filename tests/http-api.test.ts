import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { serve } from "./support/server.ts";
import { tempFolder } from "./support/workspace.ts";

// The description of the API: the page says what it says, and a client made of it alone can drive the sample.

interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
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

test("a client made of the description alone drives the sample", async () => {
  const server = await serve(await tempFolder(), { args: ["--sandbox"] });
  const document: Document = await server.api("GET", "/api/openapi.json");
  const client = clientOf(document, "a-token-of-the-tests");
  const { templates } = await client("get", "/api/templates");
  const { path } = await client("post", "/api/workflows", {
    body: { template: templates.find(({ id }: { id: string }) => id === "remove-spoon").id },
  });
  expect((await client("post", "/api/validate", { body: { file: path } })).diagnostics).toEqual([]);
  const run = await client("post", "/api/runs", { body: { file: path }, query: { wait: 60 } });
  expect(run.status).toBe("succeeded");
  expect((await client("get", "/api/runs/{id}", { path: { id: run.id } })).nodes.length).toBeGreaterThan(2);
  expect((await client("get", "/api/runs")).runs).toHaveLength(1);
  await expect(client("get", "/api/runs/{id}", { path: { id: "none" } })).rejects.toThrow("run.not-found");
  await expect(client("get", "/api/none")).rejects.toThrow("not described");
});

interface Call {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
}

/** Calls what is described, the way that it is described, and nothing else. */
function clientOf({ servers, paths }: Document, token: string) {
  // eslint-disable-next-line typescript/no-explicit-any
  return async (method: string, path: string, call: Call = {}): Promise<any> => {
    const operation = paths[path]?.[method];
    if (!operation) throw new Error(`${method} ${path} is not described`);
    const known = new Set((operation.parameters ?? []).map((parameter) => `${parameter.in} ${parameter.name}`));
    for (const name of Object.keys(call.query ?? {}))
      if (!known.has(`query ${name}`)) throw new Error(`unknown ${name}`);
    if ((call.body !== undefined) !== (operation.requestBody !== undefined)) throw new Error("body");
    const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(call.path?.[name] ?? ""));
    const query = new URLSearchParams(
      Object.fromEntries(Object.entries(call.query ?? {}).map(([name, value]) => [name, `${value}`])),
    );
    const response = await fetch(`${servers[0]!.url}${address}?${query}`, {
      method: method.toUpperCase(),
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error((answer as { error: { code: string } }).error.code);
    if (!operation.responses[response.status]) throw new Error(`${response.status} is not described`);
    return answer;
  };
}
