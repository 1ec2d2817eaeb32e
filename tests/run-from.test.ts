import { expect, test } from "vitest";
import { eventsOf, runCli } from "./support/cli.ts";
import { asService, openSandbox } from "./support/sandbox.ts";
import { exampleWorkspace, outputsOf } from "./support/workspace.ts";

const quick = { profile: "identity", timing: { queuedMs: 0 } } as const;

test("a paid node that runs again collects its job and does not buy it again", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  const service = await openSandbox(quick);
  const run = (...args: string[]) =>
    runCli(["run", "workflow.json", "--json", ...args], { cwd, env: asService(service) });
  const first = await run();
  expect(first.code, first.stderr).toBe(0);

  const again = await run("--from", "inpaint");
  expect(again.code, again.stderr).toBe(0);
  const executed = eventsOf(again).flatMap((event) => (event.type === "node.started" ? [event.node] : []));
  expect(executed).toContain("inpaint");
  expect(eventsOf(again).find((event) => event.type === "remote.ended")).toMatchObject({ attached: true });
  expect(service.ledger()).toHaveLength(1);
  expect(await outputsOf(cwd)).toHaveLength(1);
});

test("a node to begin with that does not exist is refused with the one that was meant", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  const { code, stderr } = await runCli(["run", "workflow.json", "--sandbox", "--from", "inpant"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain("from.unknown");
  expect(stderr).toContain("Did you mean `inpaint`?");
});
