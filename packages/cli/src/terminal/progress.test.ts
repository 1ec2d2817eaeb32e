import { Writable } from "node:stream";
import { expect, test } from "vitest";
import type { RunEvent, RunEventBody, Workflow } from "@inlay/engine";
import { progressView } from "./progress.ts";

const workflow: Workflow = {
  inlay: 1,
  inputs: {},
  outputs: {},
  packs: {},
  assets: {},
  nodes: { inpaint: { type: "x/y", version: 1, inputs: {}, title: "Remove it" } },
  workflows: {},
  view: {},
};

function capture(isTTY: boolean, columns = 60): { stream: NodeJS.WriteStream; text(): string } {
  let text = "";
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY, columns }) as unknown as NodeJS.WriteStream, text: () => text };
}

const event = (body: RunEventBody): RunEvent => ({ seq: 1, time: 0, ...body });

test("away from a terminal each change of a job is one plain line", () => {
  const { stream, text } = capture(false);
  const view = progressView(stream, workflow);
  for (const queuePosition of [2, 2, 1])
    view.show(event({ type: "remote.state", node: "inpaint", state: "queued", queuePosition }));
  view.show(event({ type: "node.finished", node: "inpaint", ms: 1234 }));
  expect(text()).toBe(
    "  Remove it: in the queue, position 2\n  Remove it: in the queue, position 1\n  Remove it: done in 1.2 s\n",
  );
});

test("away from a terminal progress is a line at most every two seconds, and quick nodes have none", () => {
  const { stream, text } = capture(false);
  const view = progressView(stream, workflow);
  const at = (time: number, body: RunEventBody): void => view.show({ seq: 1, time, ...body });
  at(0, { type: "node.started", node: "inpaint" });
  for (const time of [100, 2100, 2200, 4200])
    at(time, { type: "node.progress", node: "inpaint", value: time, total: 10_000 });
  expect(text()).toBe("  Remove it: 20 %\n  Remove it: 40 %\n");
});

test("on a terminal what runs is redrawn in place, and what is over stays", () => {
  const { stream, text } = capture(true);
  const view = progressView(stream, workflow);
  view.show(event({ type: "node.started", node: "inpaint" }));
  view.say("Sandbox");
  view.show(event({ type: "node.finished", node: "inpaint", ms: 5 }));
  view.close();
  expect(text()).toContain("Sandbox\n  Remove it …\n");
  expect(text()).toContain("\u001b[1A\u001b[0J  Remove it: done in 5 ms\n");
});

test("a node that ran for a list says how many of the items ran", () => {
  const { stream, text } = capture(false);
  const items = { total: 40, executed: 3, slowestMs: 2 };
  progressView(stream, workflow).show(event({ type: "node.finished", node: "inpaint", ms: 5, items }));
  expect(text()).toBe("  Remove it: done in 5 ms, 3 of 40 items run\n");
});

test("a job that an earlier run submitted is shown as found again", () => {
  const { stream, text } = capture(false);
  progressView(stream, workflow).show(
    event({ type: "remote.state", node: "inpaint", state: "running", attached: true }),
  );
  expect(text()).toContain("found again, not paid again");
});

test("titles and messages cannot send escape sequences to the terminal", () => {
  const { stream, text } = capture(false);
  const hostile = { ...workflow, nodes: { a: { type: "x/y", version: 1, inputs: {}, title: "\u001b]0;x\u0007" } } };
  const view = progressView(stream, hostile);
  view.show(event({ type: "node.log", node: "a", level: "info", message: "one\ntwo" }));
  expect(text()).toBe("  \\u001b]0;x\\u0007: one\\u000atwo\n");
});

test("a node that a cancelled run stopped is cancelled; one that fails meanwhile has failed", () => {
  const { stream, text } = capture(false);
  const view = progressView(stream, workflow);
  view.show(event({ type: "run.cancelling", reason: "" }));
  view.show(
    event({
      type: "node.failed",
      node: "inpaint",
      error: { code: "remote.detached", message: "", ending: "detached" },
    }),
  );
  view.show(event({ type: "node.skipped", node: "save", because: "inpaint" }));
  view.show(event({ type: "node.failed", node: "load", error: { code: "image.empty", message: "" } }));
  expect(text()).toBe(
    "cancelling …\n  Remove it: cancelled\n  save: skipped, since Remove it was cancelled\n  load: failed\n",
  );
});

test("a terminal that does not know its width is taken for one of 80 columns", () => {
  const { stream, text } = capture(true, 0);
  const view = progressView(stream, workflow);
  view.show(event({ type: "node.started", node: "inpaint" }));
  view.say("Sandbox");
  view.close();
  expect(text()).toContain("  Remove it …\n");
});
