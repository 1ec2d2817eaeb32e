import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { startSandbox, type Sandbox } from "@inlay/sandbox";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawPicture, link, node, PHOTO } from "./support/remote-workflow.ts";
import { serve, type ServedWorkspace } from "./support/server.ts";
import { makeFolder, removeFolder } from "./support/workspace.ts";

// What a run may pay for, asked over HTTP: one server, whose service says that each job costs a dollar.

let server: ServedWorkspace;
let sandbox: Sandbox;
const atEnd: (() => unknown)[] = [];

beforeAll(async () => {
  const [workspace, folder] = [await makeFolder(), await makeFolder()];
  await drawPicture(join(workspace, "photo.png"), PHOTO);
  sandbox = await startSandbox({ dir: folder, profile: "identity", timing: { queuedMs: 0 } });
  const shop = await dearService(sandbox.url);
  const env = { RUNCOMFY_BASE_URL: shop.url, RUNCOMFY_API_TOKEN: sandbox.token };
  server = await serve(workspace, { env, onEnd: (work) => void atEnd.push(work) });
  atEnd.push(
    shop.close,
    () => sandbox.close(),
    () => removeFolder(workspace),
    () => removeFolder(folder),
  );
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

/** A workflow of so many paid jobs that no other test has. */
function jobs(count: number, firstSeed: number): object {
  const ids = Array.from({ length: count }, (_, i) => `p${i}`);
  const paid = (seed: number): object =>
    node("runcomfy/z-image-turbo-inpainting", {
      image: link("load", "image"),
      mask: link("mask", "mask"),
      prompt: "an apple",
      seed,
    });
  return {
    inlay: 1,
    outputs: Object.fromEntries(ids.map((id) => [id, { node: id, output: "image" }])),
    nodes: {
      load: node("image/load", { source: { $file: "photo.png" } }),
      mask: node("mask/rectangle", { image: link("load", "image"), x: 8, y: 6, width: 10, height: 8 }),
      ...Object.fromEntries(ids.map((id, i) => [id, paid(firstSeed + i)])),
    },
  };
}

/** How a run ends, and how many jobs the service has accepted for it. */
async function run(body: object) {
  const before = sandbox.ledger().length;
  const told = await server.api("POST", "/api/runs?wait=60", body);
  const read = await server.api("GET", `/api/runs/${told.id}?wait=60`);
  return { ...read, accepted: sandbox.ledger().length - before };
}

test("eleven jobs that nobody has confirmed, or one with `maxPaid` 0, are not begun", async () => {
  for (const body of [{ workflow: jobs(11, 100) }, { workflow: jobs(1, 200), maxPaid: 0 }]) {
    const { status, error, accepted, counts } = await run(body);
    expect([status, error?.code, accepted, counts?.paid]).toEqual(["failed", "money/confirm", 0, 0]);
  }
});

test("eleven jobs are begun by somebody who says eleven, and no more by somebody who says ten", async () => {
  expect(await run({ workflow: jobs(11, 300), maxPaid: 10 })).toMatchObject({ status: "failed", accepted: 0 });
  expect(await run({ workflow: jobs(11, 300), maxPaid: 11 })).toMatchObject({ status: "succeeded", accepted: 11 });
});

test("a budget stops the run at its limit; what it has bought is kept", async () => {
  const workflow = jobs(5, 400);
  const first = await run({ workflow, budgetUsd: 2.5 });
  expect(first).toMatchObject({ status: "failed", error: { code: "money/budget" }, accepted: 2, costUsd: 2 });
  const plan = await server.api("POST", "/api/plan", { workflow, budgetUsd: 2.5 });
  expect(plan).toMatchObject({ counts: { paid: 3, paidCached: 2 }, estimateUsd: 3 });
  expect(await run({ workflow, budgetUsd: 3 })).toMatchObject({ status: "succeeded", accepted: 3, costUsd: 3 });
});

test("run from here: the named node runs again and its job is collected, not bought again", async () => {
  const workflow = jobs(1, 500);
  const first = await run({ workflow });
  expect([first.status, first.accepted]).toEqual(["succeeded", 1]);
  const again = await run({ workflow });
  expect([again.nodes.map(({ status }: { status: string }) => status), again.accepted]).toEqual([["cached"], 0]);
  const from = await run({ workflow, from: ["p0"] });
  expect([from.status, from.accepted]).toEqual(["succeeded", 0]);
  expect(from.nodes.find(({ node: id }: { node: string }) => id === "p0")).toMatchObject({ status: "succeeded" });
});

/** The sandbox under another address, where each job costs a dollar. */
async function dearService(url: string): Promise<{ readonly url: string; close(): void }> {
  let own = "";
  const proxy = createServer((request, response) => {
    void (async () => {
      const { authorization, "content-type": type } = request.headers;
      const answer = await fetch(`${url}${request.url}`, {
        method: request.method!,
        headers: { ...(authorization && { authorization }), ...(type && { "content-type": type }) },
        ...(request.method === "POST" && { body: await bytesOf(request) }),
      });
      const bytes = Buffer.from(await answer.arrayBuffer());
      const isJson = answer.headers.get("content-type")?.startsWith("application/json");
      const dear = (text: string): string =>
        text.replaceAll(url, own).replace('"base_price_usd":0', '"base_price_usd":1').replace('"cost":0', '"cost":1');
      response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
      response.end(isJson ? dear(bytes.toString("utf8")) : bytes);
    })();
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  own = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return {
    url: own,
    close() {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}

async function bytesOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return new Uint8Array(Buffer.concat(pieces));
}
