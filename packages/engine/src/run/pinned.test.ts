import { expect, test } from "vitest";
import { z } from "zod";
import { arithmetic, engineWith, link, workflowOf } from "../../test/run-graph.ts";
import { testHost, testServices } from "../../test/node-host.ts";
import { defineNode } from "../node/define-node.ts";
import { definePack, type PictureCodec } from "../node/pack.ts";
import { Image, Mask } from "../node/sockets.ts";
import { compilePlan } from "../plan/compile-plan.ts";
import type { FileRef } from "../values/image.ts";
import { checkWorkflow } from "../workflow/check-workflow.ts";
import type { Workflow } from "../workflow/workflow.ts";
import { createEngine } from "./engine.ts";

const common = { version: 1, title: "T", category: "Test", description: "For tests." } as const;

const sum = (pinned: number): Workflow =>
  workflowOf(
    {
      before: ["test/number", { value: 1 }],
      p: ["test/add", { a: link("before") }, { pinned: { value: pinned } }],
      end: ["test/add", { a: link("p"), b: 1 }],
    },
    { outputs: { end: { node: "end", output: "value" } } },
  );

test("a pinned node does not run, nor what only it needs; what it stands for goes on", async () => {
  const log: string[] = [];
  const { outputs, counts, events } = await engineWith(arithmetic(log)).run(sum(40));
  expect([outputs, log, counts]).toEqual([{ end: 41 }, ["end"], expect.objectContaining({ executed: 1, pinned: 1 })]);
  expect(events.filter((event) => event.type === "node.pinned")).toMatchObject([{ node: "p" }]);
});

test("what is pinned enters the keys of what comes behind", async () => {
  const log: string[] = [];
  const bench = engineWith(arithmetic(log));
  await bench.run(sum(40));
  await bench.run(sum(40));
  expect(log).toEqual(["end"]);
  expect((await bench.run(sum(7))).outputs).toEqual({ end: 8 });
  expect(log).toEqual(["end", "end"]);
});

test("the result of another node is that of a pinned one with the same content only when both are pinned", async () => {
  const log: string[] = [];
  const bench = engineWith(arithmetic(log));
  const nodes = workflowOf({
    a: ["test/number", { value: 5 }, { pinned: { value: 3 } }],
    b: ["test/add", { a: 5 }, { pinned: { value: 3 } }],
    x: ["test/add", { a: link("a") }],
    y: ["test/add", { a: link("b") }],
    z: ["test/number", { value: 5 }],
  });
  await bench.run(nodes, { targets: ["x", "y", "z"] });
  expect(log.toSorted((p, q) => p.localeCompare(q))).toEqual(["x", "z"]);
});

test("a pinned node may be what the run is for, and run-from does not run it", async () => {
  const log: string[] = [];
  const workflow = { ...sum(4), outputs: { p: { node: "p", output: "value" } } };
  const { outputs } = await engineWith(arithmetic(log)).run(workflow, { from: ["p"] });
  expect([outputs, log]).toEqual([{ p: 4 }, []]);
});

test("a disabled node is not pinned", async () => {
  const workflow = sum(40);
  const p = { ...workflow.nodes.p!, disabled: "bypass" } as const;
  const { outputs } = await engineWith(arithmetic()).run({ ...workflow, nodes: { ...workflow.nodes, p } });
  expect(outputs).toEqual({ end: 2 });
});

test("a list that stands for a node of single values is taken item by item", async () => {
  const log: string[] = [];
  const workflow = workflowOf({
    p: ["test/number", { value: 0 }, { pinned: { value: [1, 2, 3] } }],
    end: ["test/add", { a: link("p"), b: 10 }],
  });
  const run = { ...workflow, outputs: { end: { node: "end", output: "value" } } };
  const { outputs } = await engineWith(arithmetic(log)).run(run);
  expect([outputs, log]).toEqual([{ end: [11, 12, 13] }, ["end", "end", "end"]]);
});

test("a node that uses a sub-workflow can be pinned", async () => {
  const log: string[] = [];
  const inner = {
    inputs: {},
    outputs: { value: { node: "one", output: "value" } },
    nodes: { one: { type: "test/number", version: 1, inputs: { value: 4 } } },
    view: {},
  };
  const workflow = workflowOf(
    { s: ["workflow/inner", {}, { pinned: { value: 9 } }], end: ["test/add", { a: link("s") }] },
    { workflows: { inner }, outputs: { end: { node: "end", output: "value" } } },
  );
  const bench = engineWith(arithmetic(log));
  expect(checkWorkflow(workflow, bench.engine.catalog)).toEqual([]);
  expect([(await bench.run(workflow)).outputs, log]).toEqual([{ end: 9 }, ["end"]]);
});

test("a pinned paid node is neither counted nor bought", async () => {
  const paid = defineNode({
    ...common,
    type: "test/paid",
    inputs: {},
    outputs: { value: z.number() },
    resource: "remote",
    paid: true,
    service: "shop",
    run: () => ({ value: 1 }),
  });
  const workflow = workflowOf({ p: ["test/paid", {}, { pinned: { value: 5 } }], end: ["test/add", { a: link("p") }] });
  const { status, counts, events } = await engineWith([paid, ...arithmetic()]).run(workflow, {
    targets: ["end"],
    maxPaid: 0,
  });
  expect([status, counts.paid, events[0]]).toEqual(["succeeded", 0, expect.objectContaining({ paid: 0, execute: 1 })]);
});

/** One byte a sample, so that a test can write pictures down. */
const letters: PictureCodec = {
  decode: async (bytes) => ({ kind: "image", width: bytes.length, height: 1, channels: 1, depth: "u8", data: bytes }),
  encode: async ({ data }) => Uint8Array.from(data),
};

const pixels = defineNode({
  ...common,
  type: "test/pixels",
  inputs: {},
  outputs: { image: Image, mask: Mask, either: z.union([Image, Mask]) },
  run: () => {
    throw new Error("It must not run.");
  },
});

const brightness = defineNode({
  ...common,
  type: "test/brightness",
  inputs: { image: Image.optional(), mask: Mask.optional(), either: z.union([Image, Mask]).optional() },
  outputs: { value: z.string() },
  run: ({ image, mask, either }) => ({
    value: [image, mask, either].flatMap((given) => (given ? [`${given.kind} ${given.data.join()}`] : [])).join("; "),
  }),
});

async function runPixels(workflow: Workflow, contents: Record<string, readonly number[]>, pictures = true) {
  const pack = definePack({ name: "test", version: "1.0.0", cacheEpoch: 1 }, [pixels, brightness]);
  const packs = [{ ...pack, ...(pictures && { pictures: () => letters }) }];
  const engine = createEngine({ host: testHost(), packs });
  const { plan, diagnostics } = compilePlan(workflow, engine.catalog);
  if (!plan) throw new Error(diagnostics[0]?.message);
  const file = (name: string): FileRef => ({ kind: "file", name, sha256: name.padEnd(64, "0"), size: 1 });
  const services = testServices({
    resolveFile: async (path) => file(path),
    resolveAsset: async ({ sha256 }) => ({ ...file("asset"), sha256 }),
    files: {
      read: async ({ sha256 }) => Uint8Array.from(contents[sha256.replace(/0+$/, "")] ?? []),
      write: () => expect.unreachable(),
      list: () => expect.unreachable(),
    },
  });
  return engine.run(plan, { services }).finished;
}

const viewing = (pinned: Record<string, object>, ...outputs: string[]): Workflow => ({
  ...workflowOf({
    p: ["test/pixels", {}, { pinned: pinned as never }],
    b: ["test/brightness", Object.fromEntries(outputs.map((name) => [name, link("p", name)]))],
  }),
  outputs: { value: { node: "b", output: "value" } },
});

test("files and assets become pixels of the output's kind; an asset's media type decides where both could be meant", async () => {
  const maskAsset = "a".repeat(64);
  const workflow: Workflow = {
    ...viewing(
      { image: { $file: "i" }, mask: { $file: "m" }, either: { $asset: maskAsset } },
      "image",
      "mask",
      "either",
    ),
    assets: { [maskAsset]: { name: "x.png", mime: "image/png;inlay=mask", size: 1, data: "AA==" } },
  };
  const { outputs, errors } = await runPixels(workflow, { i: [1, 2], m: [255], [maskAsset]: [7] });
  expect([outputs, errors]).toEqual([{ value: "image 1,2; mask 255; mask 7" }, []]);
});

test("a list of pictures is taken picture by picture", async () => {
  const workflow = viewing({ image: [{ $file: "i" }, { $file: "j" }] }, "image");
  const { outputs } = await runPixels(workflow, { i: [1], j: [2] });
  expect(outputs).toEqual({ value: ["image 1", "image 2"] });
});

test("a pinned picture that cannot be read ends the run before anything runs, with the node's name", async () => {
  const image = viewing({ image: { $file: "i" } }, "image");
  expect((await runPixels(image, { i: [1] }, false)).errors).toMatchObject([{ code: "pin.pictures", node: "p" }]);
});
