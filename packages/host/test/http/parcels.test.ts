import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testServer } from "../support/test-server.ts";

const text = JSON.stringify({
  inlay: 1,
  nodes: { load: { type: "image/load", version: 1, inputs: { source: { $file: "cup.png" } } } },
});

/** A parcel as the server makes it, as bytes. */
async function packed(server: Awaited<ReturnType<typeof testServer>>, body: object): Promise<Response> {
  return fetch(`${server.url}/api/pack`, {
    method: "POST",
    headers: { authorization: "Bearer a-token-of-the-tests", "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

test("a parcel of one workspace is taken into another, which keeps what it has", async () => {
  const [from, to] = [await testServer(), await testServer()];
  await from.put("cup.png", "a cup");
  await to.put("cup.png", "another cup");
  const response = await packed(from, { text, path: "cup.json" });
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/zip"]);
  const body = new Uint8Array(await response.arrayBuffer());
  const unpacked = await to.ask("/api/unpack", {
    method: "POST",
    headers: { "content-type": "application/zip", "content-length": `${body.length}` },
    body,
  });
  expect([unpacked.status, unpacked.json]).toEqual([
    201,
    { workflow: "workflows/cup.json", files: [{ path: "cup-2.png", was: "cup.png", size: 5, state: "new" }] },
  ]);
  expect(await readFile(join(to.workspace.dir, "cup.png"), "utf8")).toBe("another cup");
  expect(await readFile(join(to.workspace.dir, "workflows/cup.json"), "utf8")).toContain('"cup-2.png"');
  expect(await readdir(join(to.workspace.dir, ".inlay/parcels"))).toEqual([]);
});

test("what cannot be packed, and what is no parcel, is told as an error", async () => {
  const server = await testServer();
  const missing = await packed(server, { text, path: "cup.json" });
  expect([missing.status, ((await missing.json()) as { error: object }).error]).toMatchObject([
    404,
    { code: "file.not-found" },
  ]);
  const headers = { "content-type": "application/zip" };
  const { status, json } = await server.ask("/api/unpack", { method: "POST", headers, body: "no archive" });
  expect([status, json.error.code]).toEqual([422, "parcel.broken"]);
});
