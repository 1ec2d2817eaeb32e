import { expect, test } from "vitest";
import { z } from "zod";
import { arithmetic, engineWith, link, workflowOf } from "../../test/run-graph.ts";
import { defineNode } from "../node/define-node.ts";

/** What lies outside: the engine knows it by the fingerprint only. */
interface Outside {
  state: string | Error;
  readonly asked: unknown[];
}

/** A node that gives the length of a listing of `folder`, with `ending` counted too. */
const listing = (outside: Outside, log: string[]) =>
  defineNode({
    type: "test/listing",
    version: 1,
    title: "Listing",
    category: "Test",
    description: "Looks outside.",
    inputs: { folder: z.string(), ending: z.number().default(0) },
    outputs: { value: z.number() },
    async fingerprint({ folder }) {
      outside.asked.push(folder);
      await Promise.resolve();
      if (outside.state instanceof Error) throw outside.state;
      return outside.state;
    },
    run: ({ folder, ending }, ctx) => (log.push(ctx.run.node), { value: folder.length + ending }),
  });

function bench(state: string | Error = "two files") {
  const log: string[] = [];
  const outside: Outside = { state, asked: [] };
  const { run } = engineWith([...arithmetic(log), listing(outside, log)]);
  /** What a run of `list → next` executes. */
  const executed = async (inputs: Parameters<typeof workflowOf>[0][string][1] = { folder: "photos" }) => {
    log.length = 0;
    await run(
      workflowOf(
        { list: ["test/listing", inputs], next: ["test/add", { a: link("list") }] },
        { outputs: { result: { node: "next", output: "value" } } },
      ),
    );
    return [...log];
  };
  return { run, log, outside, executed };
}

test("with the same fingerprint nothing is executed again; with another the node and what needs it are", async () => {
  const { executed, outside } = bench();
  expect(await executed()).toEqual(["list", "next"]);
  expect(await executed()).toEqual([]);
  outside.state = "three files";
  expect(await executed()).toEqual(["list", "next"]);
  outside.state = "two files";
  expect(await executed()).toEqual([]);
  expect(outside.asked).toHaveLength(4);
});

test("a fingerprint is asked with what a named input brings", async () => {
  const { run, outside } = bench();
  const workflow = workflowOf(
    { list: ["test/listing", { folder: { $input: "folder" } }] },
    { inputs: { folder: { type: "string", default: "a" } }, outputs: { result: { node: "list", output: "value" } } },
  );
  await run(workflow, { inputs: { folder: "b" } });
  expect(outside.asked).toEqual(["b"]);
});

test("an input that the fingerprint does not read may be linked", async () => {
  const { run, log } = bench();
  const { outputs } = await run(
    workflowOf(
      { one: ["test/number", { value: 1 }], list: ["test/listing", { folder: "ab", ending: link("one") }] },
      { outputs: { result: { node: "list", output: "value" } } },
    ),
  );
  expect([outputs["result"], log]).toEqual([3, ["one", "list"]]);
});

test("an input that the fingerprint reads cannot be linked: nothing is executed", async () => {
  const log: string[] = [];
  const text = defineNode({
    type: "test/text",
    version: 1,
    title: "Text",
    category: "Test",
    description: "Gives a text.",
    inputs: {},
    outputs: { value: z.string() },
    run: () => ({ value: "photos" }),
  });
  const outside: Outside = { state: "x", asked: [] };
  const { errors } = await engineWith([text, listing(outside, log)]).run(
    workflowOf(
      { name: ["test/text", {}], list: ["test/listing", { folder: link("name") }] },
      { outputs: { result: { node: "list", output: "value" } } },
    ),
  );
  expect(errors).toMatchObject([{ code: "node.fingerprint", node: "list", input: "folder", received: "a link" }]);
  expect(log).toEqual([]);
});

test("a fingerprint that fails lets the node be made anew each time", async () => {
  const { executed, outside } = bench();
  expect(await executed()).toEqual(["list", "next"]);
  outside.state = new Error("no network");
  expect(await executed()).toEqual(["list", "next"]);
  expect(await executed()).toEqual(["list", "next"]);
});

test("a fingerprint that is no text is the fault of its node", async () => {
  const { run } = bench(7 as unknown as string);
  const workflow = workflowOf(
    { list: ["test/listing", { folder: "a" }] },
    { outputs: { result: { node: "list", output: "value" } } },
  );
  expect((await run(workflow)).errors).toMatchObject([
    { code: "node.fingerprint", node: "list", message: expect.stringContaining("answered with number") },
  ]);
});

test("two nodes whose fingerprints differ are two, though all else is alike", async () => {
  const log: string[] = [];
  let asked = 0;
  const outside: Outside = { state: "", asked: [] };
  const node = { ...listing(outside, log), fingerprint: () => `${++asked}` };
  await engineWith([node]).run(
    workflowOf(
      { a: ["test/listing", { folder: "x" }], b: ["test/listing", { folder: "x" }] },
      { outputs: { a: { node: "a", output: "value" }, b: { node: "b", output: "value" } } },
    ),
  );
  expect(log.toSorted()).toEqual(["a", "b"]);
});
