import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { eventsOf, startCli, type CliEnd } from "./support/cli.ts";
import { numberNode, personWith, workflowOf } from "./support/own-nodes.ts";

const good = numberNode("test/good", "return { n: n + 1 };");

/** Files that cannot be used, with what is said about each. */
const unusable: Readonly<Record<string, readonly [text: string, says: RegExp]>> = {
  "syntax.mjs": ["export default {\n  a: 1 2\n};", /syntax\.mjs.*line 2/],
  "throws.mjs": ['throw new Error("no luck");', /throws\.mjs.*no luck/],
  "throws-text.mjs": ['throw "just a text";', /throws-text\.mjs.*just a text/],
  "nothing.mjs": ["export const node = 1;", /nothing\.mjs.*no default export/],
  "number.mjs": ["export default 7;", /number\.mjs.*a number, not what defineNode/],
  "handmade.mjs": [
    'export default { type: "test/handmade", run: () => ({}) };',
    /handmade\.mjs.*an object of another form, not what defineNode/,
  ],
  "empty.mjs": ["export default [];", /empty\.mjs.*a list of no nodes/],
  "no-family.mjs": [numberNode("stripes", "return { n };"), /no-family\.mjs.*family\/name.*"stripes"/],
  "unknown-name.mjs": [
    'import { defineNote } from "inlay"; export default defineNote;',
    /unknown-name\.mjs.*defineNote/,
  ],
  "not-installed.mjs": ['import "not-installed-anywhere";', /not-installed\.mjs.*not-installed-anywhere/],
  "built-in.mjs": [numberNode("value/number", "return { n: 7 };"), /value\/number.*built-in\.mjs.*@inlay\/nodes/],
  "z-duplicate.mjs": [numberNode("test/good", "return { n: 666 };"), /test\/good.*z-duplicate\.mjs.*user\/good/],
  "common.js": ["module.exports = 5;", /common\.js.*a number/],
  "some.mjs": [
    numberNode("test/some", "return { n: 3 };").replace("export default", "const some =") + "export default [some, 5];",
    /some\.mjs.*Number 2 of its nodes is a number/,
  ],
};

test("files that cannot be used are each told by name, and every other node works", async () => {
  const files = Object.fromEntries(Object.entries(unusable).map(([name, [text]]) => [name, text]));
  const person = await personWith({ ...files, "good.mjs": good });
  await person.write("w.json", workflowOf({ a: "test/good", c: "test/some" }));
  const listed = await person.inlay("nodes", "test/");
  expect(listed.code, listed.stderr).toBe(0);
  expect(listed.stdout).toContain("[user/good]");
  expect(listed.stdout).toContain("[user/some]");
  for (const [name, [, says]] of Object.entries(unusable)) expect(listed.stderr, name).toMatch(says);
  expect(listed.stderr.match(/^warning pack\./gm)).toHaveLength(Object.keys(unusable).length);
  expect(listed.stderr).not.toMatch(/^\s+at /m);

  const { code, stdout, stderr } = await person.inlay("run", "w.json", "--json");
  expect(code, stderr).toBe(0);
  expect(eventsOf({ code, stdout, stderr }).at(-1)).toMatchObject({ status: "succeeded" });
});

test("a module that never gets ready is given up, and the others work", async () => {
  const person = await personWith({ "waits.mjs": "await new Promise(() => {});", "good.mjs": good });
  const { code, stdout, stderr } = await person.inlay("nodes", "test/");
  expect([code, stdout]).toEqual([0, expect.stringContaining("test/good")]);
  expect(stderr).toMatch(/waits\.mjs.*not ready after 10 seconds/);
}, 60_000);

/** Runs a broken node beside a good one. */
async function runBeside(bad: string): Promise<CliEnd & { readonly failed: readonly unknown[]; finished: unknown }> {
  const person = await personWith({ "good.mjs": good, "bad.mjs": bad });
  await person.write("w.json", workflowOf({ a: "test/good", b: "test/bad" }));
  const end = await person.inlay("run", "w.json", "--json");
  const events = eventsOf(end);
  const finished = events.filter((event) => event.type === "node.finished" && event.node === "a");
  expect(finished, end.stderr).toHaveLength(1);
  return {
    ...end,
    failed: events.flatMap((event) => (event.type === "node.failed" ? [event.error] : [])),
    finished: events.at(-1),
  };
}

test.each([
  ["throws a text", 'throw "a text";', "node.internal", "a text"],
  ["throws nothing", "throw undefined;", "node.internal", "no error but undefined"],
  ["throws what has no text", "throw Object.create(null);", "node.internal", "no error but an object"],
  [
    "throws an error with broken data",
    'throw Object.assign(new Error("odd"), { data: { code: 1, message: 2 } });',
    "node.internal",
    "odd",
  ],
  ["answers nothing", "return;", "node.output", "expected an object of outputs"],
  ["answers more than it declares", "return { n, more: 1 };", "node.output", "`more`"],
  ["answers another type", 'return { n: "1" };', "node.output", "expected `n`: number"],
  ["answers what holds itself", "const n2 = [1]; n2.push(n2); return { n: n2 };", "node.internal", "holds itself"],
  [
    "answers a picture with too few samples",
    'return { n: { kind: "image", width: 9, height: 9, channels: 3, depth: "u8", data: new Uint8Array(3) } };',
    "node.output",
    "243 samples",
  ],
  [
    "throws in a timer",
    'setTimeout(() => { throw new Error("late") }, 1); await new Promise(() => setTimeout(() => {}, 60000));',
    "node.stray-error",
    "late",
  ],
  [
    "leaves a rejection to itself",
    'Promise.reject(new Error("lost")); await new Promise(() => setTimeout(() => {}, 60000));',
    "node.stray-error",
    "lost",
  ],
  [
    "leaves a text rejected",
    'Promise.reject("lost"); await new Promise(() => setTimeout(() => {}, 60000));',
    "node.stray-error",
    "lost",
  ],
])("a node that %s fails by name, and the other one finishes", async (_what, code, expected, says) => {
  const { code: exit, failed, stderr } = await runBeside(numberNode("test/bad", code));
  expect(failed, stderr).toEqual([
    expect.objectContaining({
      code: expected,
      node: "b",
      nodeType: "test/bad",
      message: expect.stringContaining(says),
    }),
  ]);
  expect(exit).toBe(3);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("what a node throws after it has answered is told, with the file's name, and the run succeeds", async () => {
  const late = 'setTimeout(() => { throw new Error("late") }, 1); return { n };';
  const person = await personWith({
    "late.mjs": numberNode("test/late", late),
    "slow.mjs": numberNode("test/slow", "await new Promise((done) => setTimeout(done, 300)); return { n };"),
  });
  await person.write("w.json", workflowOf({ a: "test/late", b: "test/slow" }));
  const { code, stderr } = await person.inlay("run", "w.json");
  expect(code, stderr).toBe(0);
  expect(stderr).toMatch(/warning node\.stray-error: `test\/late` \(.*late\.mjs\).*late/);
});

test("what a node leaves running does not keep the command from ending", async () => {
  const { code, stderr } = await runBeside(numberNode("test/bad", "setInterval(() => {}, 50); return { n };"));
  expect(code, stderr).toBe(0);
});

test.each([
  ["waits for what never comes", "await new Promise(() => {});"],
  ["works for long", "await new Promise((done) => setTimeout(done, 600000)); return { n };"],
  [
    "rejects with something else",
    'await new Promise((_, no) => ctx.signal.addEventListener("abort", () => setTimeout(() => no("later"), 200)));',
  ],
])("a cancelled run ends although a node %s", async (_what, code) => {
  const person = await personWith({ "bad.mjs": numberNode("test/bad", `ctx.progress(1, 2); ${code}`) });
  await person.write("w.json", workflowOf({ b: "test/bad" }));
  const { cwd, env } = person;
  const { child, ended } = startCli(["run", "w.json", "--json"], {
    cwd,
    env,
    onLine: (line, process) => void (line.includes("node.progress") && process.kill("SIGINT")),
  });
  const { code: exit, stderr } = await Promise.race([
    ended,
    sleep(20_000).then(() => ({ code: "still running", stderr: "" })),
  ]);
  expect(exit, stderr).toBe(130);
  if (child.exitCode === null) await once(child, "exit");
});

test("a node that writes to its inputs is told so, and nobody else sees it", async () => {
  const mask = (type: string, inputs: string, code: string): string => `import { defineNode, Mask, z } from "inlay";
export default defineNode({
  type: "${type}", version: 1, title: "T", category: "Test", description: "For tests.",
  inputs: { ${inputs} }, outputs: { mask: Mask, sum: z.number() },
  async run({ mask }, ctx) { ${code} },
});
`;
  const sum = "return { mask, sum: mask.data.reduce((a, b) => a + b, 0) };";
  const person = await personWith({
    "make.mjs": mask(
      "test/make",
      "",
      `mask = { kind: "mask", width: 2, height: 1, data: Uint8Array.of(1, 2) }; ${sum}`,
    ),
    "evil.mjs": mask("test/evil", "mask: Mask", `mask.data.fill(9); ${sum}`),
    "sum.mjs": mask("test/sum", "mask: Mask", `await new Promise((done) => setTimeout(done, 100)); ${sum}`),
  });
  const link = { $link: ["make", "mask"] };
  const nodes = {
    make: { type: "test/make", version: 1 },
    evil: { type: "test/evil", version: 1, inputs: { mask: link } },
    sum: { type: "test/sum", version: 1, inputs: { mask: link } },
  };
  const outputs = { evil: { node: "evil", output: "sum" }, sum: { node: "sum", output: "sum" } };
  await person.write("w.json", JSON.stringify({ inlay: 1, outputs, nodes }));
  const end = await person.inlay("run", "w.json", "--json");
  expect(end.code, end.stderr).toBe(0);
  const events = eventsOf(end);
  expect(events.at(-1)).toMatchObject({ outputs: { evil: 18, sum: 3 } });
  expect(events).toContainEqual(
    expect.objectContaining({
      type: "node.log",
      node: "evil",
      level: "warning",
      message: expect.stringContaining("wrote to its inputs"),
    }),
  );
});
