import { describe, expect, test } from "vitest";
import { expectCode } from "../support/expect-code.ts";
import { tempWorkspace } from "../support/temp-workspace.ts";
import { testServer, token } from "../support/test-server.ts";

function cookieOf(headers: { readonly "set-cookie"?: string[] | undefined }): string {
  return headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
}

describe("the one-time address", () => {
  test("gives a browser its cookie once, and leads to the editor", async () => {
    const server = await testServer();
    const path = server.newEntry().slice(server.url.length);
    const first = await server.ask(path, { as: "nobody" });
    expect([first.status, first.headers.location]).toEqual([303, "/"]);
    expect(first.headers["set-cookie"]?.[0]).toMatch(
      new RegExp(`^inlay-${server.port}=[\\w-]{43}; Max-Age=2592000; Path=/; HttpOnly; SameSite=Strict$`),
    );
    const session = await server.ask("/api/session", { as: "nobody", headers: { cookie: cookieOf(first.headers) } });
    expect(session.json).toMatchObject({ client: "owner", version: "0.0.0-test" });
    const second = await server.ask(path, { as: "nobody" });
    expect([second.status, second.json.error.code]).toEqual([401, "auth.key"]);
  });

  test("is not used up by a look at the headers", async () => {
    const server = await testServer();
    const path = server.newEntry().slice(server.url.length);
    await server.ask(path, { as: "nobody", method: "HEAD" });
    expect((await server.ask(path, { as: "nobody" })).status).toBe(303);
  });

  test("is exchanged by a page too", async () => {
    const server = await testServer();
    const key = new URL(server.newEntry()).searchParams.get("key");
    const entered = await server.ask("/api/session", { as: "nobody", method: "POST", body: JSON.stringify({ key }) });
    expect(entered.status).toBe(204);
    const cookie = cookieOf(entered.headers);
    expect((await server.ask("/api/session", { as: "nobody", headers: { cookie } })).status).toBe(200);
  });
});

test("a cookie outlives the server, and is worthless once its browser has left", async () => {
  const workspace = await tempWorkspace();
  const before = await testServer({ workspace });
  const opened = await before.ask(before.newEntry().slice(before.url.length), { as: "nobody" });
  await before.close();
  const server = await testServer({ workspace, port: before.port });
  const asks = { as: "nobody", headers: { cookie: cookieOf(opened.headers) } } as const;
  expect((await server.ask("/api/session", asks)).status).toBe(200);
  expect((await server.ask("/api/session", { ...asks, method: "DELETE" })).status).toBe(204);
  expect((await server.ask("/api/session", asks)).status).toBe(401);
});

test("a token stands for its client; a wrong one is not made good by a cookie", async () => {
  const server = await testServer({ env: { INLAY_TOKEN: token, INLAY_TOKENS: "shop=the-token-of-the-shop" } });
  const as = (value: string) => ({ as: "nobody", headers: { authorization: value } }) as const;
  expect((await server.ask("/api/session", as("Bearer the-token-of-the-shop"))).json.client).toBe("shop");
  expect((await server.ask("/api/session")).json.client).toBe("owner");
  const opened = await server.ask(server.newEntry().slice(server.url.length), { as: "nobody" });
  const both = { authorization: "Bearer wrong", cookie: cookieOf(opened.headers) };
  expect((await server.ask("/api/session", { as: "nobody", headers: both })).status).toBe(401);
});

test("a token is made when the environment has none", async () => {
  const server = await testServer({ env: {} });
  const headers = { authorization: `Bearer ${server.madeToken}` };
  expect((await server.ask("/api/session", { as: "nobody", headers })).status).toBe(200);
});

test.each([
  { INLAY_TOKEN: "short" },
  { INLAY_TOKEN: token, INLAY_TOKENS: "no-token" },
  { INLAY_TOKEN: token, INLAY_TOKENS: `shop=${token}` },
  { INLAY_TOKEN: token, INLAY_TOKENS: "owner=another-long-token" },
])("tokens that are none keep the server from starting: %j", async (env) => {
  await expectCode(testServer({ env }), "auth.tokens");
});

test("an address that is taken is an error that says what to do", async () => {
  const server = await testServer();
  const { message } = await expectCode(testServer({ port: server.port }), "server.port");
  expect(message).toContain(`${server.port}`);
});
