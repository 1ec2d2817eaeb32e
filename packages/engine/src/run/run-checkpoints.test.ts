import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { engineWith, link, workflowOf } from "../../test/run-graph.ts";
import type { NodeOutputs } from "../cache/result-cache.ts";
import type { JsonValue } from "../json.ts";
import { defineNode, type NodeDefinition } from "../node/define-node.ts";
import { Image } from "../node/sockets.ts";
import type { ImageValue } from "../values/image.ts";
import type { RunEvent } from "./events.ts";
import type { RunCheckpoints } from "./run-checkpoints.ts";

const common = { version: 1, title: "T", category: "Test", description: "For tests." } as const;
const pixel = (level: number): ImageValue => ({
  kind: "image",
  width: 1,
  height: 1,
  channels: 1,
  depth: "u8",
  data: Uint8Array.of(level),
});
const levelOf = (image: ImageValue): number => image.data[0] ?? 0;

/** An engine whose nodes note in `log` that they ran, each with a memory cache of its own that starts empty. */
function bench(log: string[], more: readonly NodeDefinition[] = []) {
  const note = (id: string, item: number | undefined): void => void log.push(item === undefined ? id : `${id}#${item}`);
  return engineWith([
    ...more,
    defineNode({
      ...common,
      type: "test/pixel",
      inputs: { level: z.number() },
      outputs: { image: Image },
      run: ({ level }, ctx) => (note(ctx.run.node, ctx.run.item), { image: pixel(level) }),
    }),
    defineNode({
      ...common,
      type: "test/both",
      inputs: { a: Image, b: Image },
      outputs: { image: Image },
      run: ({ a, b }, ctx) => (note(ctx.run.node, ctx.run.item), { image: pixel(levelOf(a) + levelOf(b)) }),
    }),
    defineNode({
      ...common,
      type: "test/levels",
      inputs: { values: z.array(z.number()) },
      outputs: { values: z.array(z.number()) },
      run: ({ values }, ctx) => (note(ctx.run.node, ctx.run.item), { values }),
    }),
    defineNode({
      ...common,
      type: "test/sheet",
      inputs: { images: z.array(Image) },
      outputs: { image: Image },
      run: ({ images }, ctx) => (note(ctx.run.node, ctx.run.item), { image: pixel(images.length) }),
    }),
    defineNode({
      ...common,
      type: "test/save",
      inputs: { image: Image },
      outputs: { path: z.string() },
      isOutput: true,
      cache: "never",
      run: ({ image }, ctx) => (note(ctx.run.node, ctx.run.item), { path: `${levelOf(image)}.png` }),
    }),
    defineNode({
      ...common,
      type: "test/nest",
      inputs: { image: Image, depth: z.int() },
      outputs: { image: Image },
      run: ({ image, depth }, ctx) =>
        ctx.expand({
          inputs: { image },
          nodes: {
            first: { type: "test/both", inputs: { a: { $input: "image" }, b: { $input: "image" } } },
            last: {
              type: depth > 0 ? "test/nest" : "test/both",
              inputs:
                depth > 0
                  ? { image: link("first", "image"), depth: depth - 1 }
                  : { a: link("first", "image"), b: { $input: "image" } },
            },
          },
          outputs: { image: { node: "last", output: "image" } },
        }),
    }),
  ]);
}

/** Checkpoints in memory, and what happened to them. */
function memoryCheckpoints(earlier: ReadonlyMap<string, { key: string; outputs: NodeOutputs }> = new Map()) {
  const kept = new Map(earlier);
  const told: string[] = [];
  const port: RunCheckpoints = {
    find: (place, key) => (earlier.get(place)?.key === key ? earlier.get(place)!.outputs : undefined),
    keep(place, key, outputs) {
      if (outputs instanceof Promise) throw new Error("nothing was written out");
      told.push(`keep ${place}`);
      kept.set(place, { key, outputs });
    },
    release(place) {
      if (kept.delete(place)) told.push(`release ${place}`);
    },
  };
  return { port, kept, told };
}

const chain = workflowOf({
  a: ["test/pixel", { level: 1 }],
  b: ["test/both", { a: link("a", "image"), b: link("a", "image") }],
  save: ["test/save", { image: link("b", "image") }],
});

test("only the front of what is done is kept, and what the run was for", async () => {
  const { port, kept, told } = memoryCheckpoints();
  await bench([]).run(chain, { checkpoints: port });
  expect(told).toEqual(["keep a", "keep b", "release a", "keep save", "release b"]);
  expect([...kept.keys()]).toEqual(["save"]);
});

test("what a failed node took stays, for the attempt after", async () => {
  const { port, kept } = memoryCheckpoints();
  const failing = defineNode({
    ...common,
    type: "test/fail",
    inputs: { image: Image },
    outputs: { image: Image },
    run: () => {
      throw new Error("It fails.");
    },
  });
  const workflow = workflowOf(
    { a: ["test/pixel", { level: 1 }], f: ["test/fail", { image: link("a", "image") }] },
    { outputs: { image: { node: "f", output: "image" } } },
  );
  await bench([], [failing]).run(workflow, { checkpoints: port });
  expect([...kept.keys()]).toEqual(["a"]);
});

test("what was made under another key runs again", async () => {
  const { port } = memoryCheckpoints(new Map([["a", { key: "0".repeat(64), outputs: { image: pixel(9) } }]]));
  const log: string[] = [];
  await bench(log).run(chain, { checkpoints: port });
  expect(log).toEqual(["a", "b", "save"]);
});

test("of a list each finished item is kept, and nothing of an item that has still to end", async () => {
  const { port, told } = memoryCheckpoints();
  const workflow = workflowOf({
    list: ["test/levels", { values: [1, 2] }],
    p: ["test/pixel", { level: link("list", "values") }],
    q: ["test/both", { a: link("p", "image"), b: link("p", "image") }],
    save: ["test/save", { image: link("q", "image") }],
  });
  await bench([]).run(workflow, { checkpoints: port });
  expect(told).toEqual([
    "keep list",
    "keep 0:save",
    "keep 1:save",
    "keep p",
    "release list",
    "keep q",
    "release p",
    "keep save",
    "release 0:save",
    "release 1:save",
    "release q",
  ]);
});

/** A workflow of every shape: single values, lists taken by items and as a whole, expansions, saves. */
const shapes = fc.array(fc.tuple(fc.constantFrom("both", "nest", "save"), fc.nat(), fc.nat()), { maxLength: 8 });

function graphOf(rows: readonly (readonly [string, number, number])[]) {
  const images = ["p", "m", "s"];
  const nodes: Record<string, [string, Record<string, JsonValue>]> = {
    list: ["test/levels", { values: [1, 2, 3] }],
    p: ["test/pixel", { level: 7 }],
    m: ["test/pixel", { level: link("list", "values") }],
    s: ["test/sheet", { images: link("m", "image") }],
    end: ["test/save", { image: link("s", "image") }],
  };
  rows.forEach(([kind, first, second], i) => {
    const of = (place: number): JsonValue => link(images[place % images.length]!, "image");
    const id = `n${i}`;
    if (kind === "save") nodes[id] = ["test/save", { image: of(first) }];
    else
      nodes[id] =
        kind === "nest"
          ? ["test/nest", { image: of(first), depth: i % 3 }]
          : ["test/both", { a: of(first), b: of(second) }];
    if (kind !== "save") images.push(id);
  });
  return workflowOf(nodes);
}

test("wherever a run was stopped, what had finished then is not run again, and what comes is the same", async () => {
  const law = fc.asyncProperty(shapes, fc.nat(), async (rows, at) => {
    const workflow = graphOf(rows);
    const before: string[] = [];
    const events: RunEvent[] = [];
    const moments: { kept: Map<string, { key: string; outputs: NodeOutputs }>; events: number; log: number }[] = [];
    const first = memoryCheckpoints();
    const whole = await bench(before).run(workflow, {
      checkpoints: first.port,
      onEvent(event) {
        events.push(event);
        moments.push({ kept: new Map(first.kept), events: events.length, log: before.length });
      },
    });
    const moment = moments[at % moments.length]!;
    const finished = new Set(
      events.slice(0, moment.events).flatMap((event) => (event.type === "node.finished" ? [event.node] : [])),
    );
    const log: string[] = [];
    const second = await bench(log).run(workflow, { checkpoints: memoryCheckpoints(moment.kept).port });
    expect(log.filter((ran) => finished.has(ran.split("#")[0]!))).toEqual([]);
    const startedAgain = second.events.flatMap((event) => (event.type === "node.started" ? [event.node] : []));
    expect(startedAgain.filter((node) => finished.has(node))).toEqual([]);
    expect([second.status, second.outputs]).toEqual([whole.status, whole.outputs]);
  });
  await fc.assert(law, { seed: 5, numRuns: 150 });
});
