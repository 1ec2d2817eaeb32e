import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  compilePlan,
  createEngine,
  defineNode,
  definePack,
  File,
  layeredCache,
  Mask,
  memoryCache,
  readWorkflow,
} from "@inlay/engine";
import type { RunEvent } from "@inlay/engine";
import { expect, test } from "vitest";
import { openHost } from "../src/open-host.ts";
import { fakeService } from "./support/fake-service.ts";
import { tempFolder } from "./support/temp-workspace.ts";

const common = { version: 1, title: "T", category: "Test", description: "For tests." } as const;

/** Pays for a picture of the file and gives its bytes as a mask of one row. */
const fill = defineNode({
  ...common,
  type: "test/fill",
  inputs: { source: File },
  outputs: { mask: Mask },
  resource: "remote",
  paid: true,
  service: "runcomfy",
  async run({ source }, ctx) {
    const bytes = await ctx.files.read(source);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const { files } = await ctx.remote.run({
      model: "owner/model",
      identity: { sha256 },
      body: () => ({ sha256 }),
      signal: ctx.signal,
      report: () => undefined,
    });
    const data = new Uint8Array(files[0]?.bytes ?? []);
    return { mask: { kind: "mask", width: data.length, height: 1, data } } as const;
  },
});

const save = defineNode({
  ...common,
  type: "test/save",
  inputs: { mask: Mask },
  outputs: {},
  isOutput: true,
  cache: "never",
  async run({ mask }, ctx) {
    await ctx.files.write({ path: "mask.bin", bytes: mask.data, mime: "application/octet-stream", onExists: "number" });
    return {};
  },
});

const pack = definePack({ name: "test", version: "1.0.0", cacheEpoch: 1 }, [fill, save]);

const text = JSON.stringify({
  inlay: 1,
  nodes: {
    fill: { type: "test/fill", version: 1, inputs: { source: { $file: "photo.bin" } } },
    save: { type: "test/save", version: 1, inputs: { mask: { $link: ["fill", "mask"] } } },
  },
});

/** One run as a process of its own would do it: with a host, a memory and an engine of its own. */
async function runOnce(workspace: string, url: string, token = "token"): Promise<string[]> {
  const env = { RUNCOMFY_API_TOKEN: token, RUNCOMFY_BASE_URL: url };
  const { host, services, cache, close } = await openHost({ workspace, env });
  const memory = memoryCache({ maxBytes: 1e6 });
  const engine = createEngine({ host, packs: [pack], cache: cache ? layeredCache(memory, cache) : memory });
  const { workflow } = readWorkflow(text);
  const { plan } = compilePlan(workflow ?? expect.fail("the workflow can be read"), engine.catalog);
  const events: RunEvent[] = [];
  const run = engine.run(plan ?? expect.fail("there is a plan"), { services, onEvent: (event) => events.push(event) });
  const { status, errors } = await run.finished;
  await close();
  expect([status, errors]).toEqual(["succeeded", []]);
  return events.flatMap((event) =>
    event.type === "node.started" || event.type === "node.cached" ? [`${event.type} ${event.node}`] : [],
  );
}

test("a job whose node is out of time is left as it is, and the next run collects it without paying", async () => {
  const service = await fakeService();
  const workspace = await tempFolder();
  await writeFile(join(workspace, "photo.bin"), "first");
  service.isBusy = true;
  const env = { RUNCOMFY_API_TOKEN: "token", RUNCOMFY_BASE_URL: service.url };
  const { host, services, close } = await openHost({ workspace, env });
  // The time is over when the service has been asked about the job, however slow this machine is.
  const setTimer = (callback: () => void): (() => void) => {
    service.onStatus = callback;
    return () => {};
  };
  const engine = createEngine({ host: { ...host, setTimer }, packs: [pack] });
  const { workflow } = readWorkflow(text.replace('"version":1,', '"version":1,"timeout":60,'));
  const { plan } = compilePlan(workflow ?? expect.fail("the workflow can be read"), engine.catalog);
  const run = engine.run(plan ?? expect.fail("there is a plan"), { services });
  const { errors, counts } = await run.finished;
  await close();
  expect(errors).toMatchObject([{ code: "node.timeout", node: "fill", ending: "detached", requestId: "r1" }]);
  expect(counts).toMatchObject({ failed: 1, skipped: 1, paid: 0 });

  service.isBusy = false;
  service.onStatus = () => {};
  expect(await runOnce(workspace, service.url)).toEqual(["node.started fill", "node.started save"]);
  expect([service.submits.length, service.cancels]).toEqual([1, 0]);
});

test("a paid result is kept for the next process; another account or another file pays again", async () => {
  const service = await fakeService();
  const workspace = await tempFolder();
  await writeFile(join(workspace, "photo.bin"), "first");
  expect(await runOnce(workspace, service.url)).toEqual(["node.started fill", "node.started save"]);
  expect(await runOnce(workspace, service.url)).toEqual(["node.cached fill", "node.started save"]);
  expect(service.submits).toHaveLength(1);

  await runOnce(workspace, service.url, "other-token");
  await writeFile(join(workspace, "photo.bin"), "second");
  await runOnce(workspace, service.url);
  expect(service.submits).toHaveLength(3);

  const outputs = join(workspace, "outputs");
  expect(await readdir(outputs)).toEqual(["mask.bin"]);
  expect((await readFile(join(outputs, "mask.bin"))).subarray(1, 4).toString()).toBe("PNG");
});
