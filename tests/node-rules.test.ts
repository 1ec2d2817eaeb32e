import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eventsOf, runCli } from "./support/cli.ts";
import { tempFolder } from "./support/workspace.ts";

const file = (inputs: Record<string, unknown>, low: unknown) =>
  JSON.stringify(
    {
      inlay: 1,
      inputs,
      outputs: { mask: { node: "bright", output: "mask" } },
      nodes: {
        load: { type: "image/load", version: 1, inputs: { source: { $file: "absent.png" } } },
        bright: {
          type: "mask/from-luminance",
          version: 1,
          inputs: { image: { $link: ["load", "image"] }, low, high: 100 },
        },
      },
    },
    null,
    2,
  );

test("validate tells what breaks a node's own rules, with its line, and run refuses it", async () => {
  const cwd = await tempFolder();
  writeFileSync(join(cwd, "workflow.json"), file({}, 200));
  const { code, stderr } = await runCli(["validate", "workflow.json"], { cwd });
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^workflow\.json:30:9 error input\.level-range: .*below/)]);

  const ran = await runCli(["run", "workflow.json", "--json"], { cwd });
  expect([ran.code, eventsOf(ran)]).toMatchObject([2, [{ type: "run.finished", error: { code: "workflow.invalid" } }]]);
});

test("a value that the caller gives is held to the rules before anything starts", async () => {
  const cwd = await tempFolder();
  writeFileSync(join(cwd, "workflow.json"), file({ low: { type: "integer", default: 1 } }, { $input: "low" }));
  writeFileSync(join(cwd, "absent.png"), "never opened");
  const ran = await runCli(["run", "workflow.json", "--json", "--input", "low=150"], { cwd });
  expect(eventsOf(ran)).toMatchObject([{ type: "run.finished", error: { code: "input.level-range", node: "bright" } }]);
});
