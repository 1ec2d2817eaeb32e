import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eventsOf, runCli } from "./support/cli.ts";
import { ledgerOf } from "./support/sandbox.ts";
import { tempFolder } from "./support/workspace.ts";

/** Inpaints a square of that side in a plain picture. */
async function workspaceOf(side: number, prompt = "a cup"): Promise<string> {
  const cwd = await tempFolder();
  const nodes = {
    wall: { type: "image/solid", version: 1, inputs: { width: 64, height: 48, color: "#806040" } },
    mask: {
      type: "mask/rectangle",
      version: 1,
      inputs: { image: { $link: ["wall", "image"] }, x: 20, y: 20, width: side, height: side },
    },
    inpaint: {
      type: "inpaint/inpaint",
      version: 1,
      inputs: { image: { $link: ["wall", "image"] }, mask: { $link: ["mask", "mask"] }, prompt },
    },
    save: { type: "image/save", version: 1, inputs: { image: { $link: ["inpaint", "image"] }, name: "wall" } },
  };
  await writeFile(join(cwd, "workflow.json"), JSON.stringify({ inlay: 1, nodes }));
  return cwd;
}

test("an error names its fix, which --fix accepts for the run", async () => {
  const cwd = await workspaceOf(4);
  const refused = await runCli(["run", "workflow.json", "--sandbox"], { cwd });
  expect(refused.code).toBe(3);
  expect(refused.stderr).toContain("Repaint these few pixels, for this run: --fix mask.tiny");
  expect(await ledgerOf(cwd)).toEqual([]);

  const mended = await runCli(["run", "workflow.json", "--sandbox", "--fix", "mask.tiny"], { cwd });
  expect(mended.code, mended.stderr).toBe(0);
  expect(mended.stderr).toContain("Fix for mask.tiny in `inpaint`: Repaint these few pixels.");
  expect(await ledgerOf(cwd)).toHaveLength(1);
});

test("a fix that was not accepted is not made, and one that changes nothing ends the run", async () => {
  const cwd = await workspaceOf(4);
  const end = await runCli(["run", "workflow.json", "--sandbox", "--json", "--fix", "mask.full"], { cwd });
  expect(end.code).toBe(3);
  expect(eventsOf(end).filter(({ type }) => type === "run.started")).toHaveLength(1);
  expect(await ledgerOf(cwd)).toEqual([]);
});

test("what a rule finds before the run is mended as well", async () => {
  const cwd = await workspaceOf(20, "");
  const end = await runCli(["run", "workflow.json", "--json", "--fix", "input.prompt"], { cwd });
  expect(end.code, end.stderr).toBe(0);
  expect(eventsOf(end).at(-1)).toMatchObject({ type: "run.finished", status: "succeeded" });
});
