import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { bytes, completed, json, startServer } from "../packages/runcomfy/test/scripted-server.ts";
import { eventsOf, runCli } from "./support/cli.ts";
import { tempFolder } from "./support/workspace.ts";

const mp4 = Buffer.from("\0\0\0\x18ftypmp42 and so on", "latin1");
const modelId = "vendor/wave/text-to-video";

const workflow = {
  inlay: 1,
  nodes: {
    wave: { type: `runcomfy/${modelId}`, version: 1, inputs: { prompt: "waves on a beach", seed: 3 } },
    save: { type: "file/save", version: 1, inputs: { file: { $link: ["wave", "video"] }, name: "wave" } },
  },
};

test("a video model's result is paid once, kept, and saved as the file that it is", async () => {
  const server = await startServer({
    result: [completed((origin) => ({ video: `${origin}/wave.mp4` }))],
    model: [json({ model_id: modelId, base_price_usd: 0.05, price_unit: "per second" })],
    file: [bytes(mp4, { "content-type": "text/html" })],
  });
  onTestFinished(() => server.close());
  const cwd = await tempFolder();
  const schema = { properties: { prompt: { type: "string" }, seed: { type: "integer" } }, required: ["prompt"] };
  await writeFile(join(cwd, "schema.json"), JSON.stringify(schema));
  await writeFile(join(cwd, "workflow.json"), JSON.stringify(workflow));
  await runCli(["add-model", "schema.json", "--id", modelId], { cwd });

  const env = { RUNCOMFY_BASE_URL: server.url, RUNCOMFY_API_TOKEN: "canary-token-1234" };
  for (const name of ["wave.mp4", "wave-again.mp4"]) {
    const copy = { ...workflow.nodes.save, inputs: { ...workflow.nodes.save.inputs, name } };
    await writeFile(
      join(cwd, "workflow.json"),
      JSON.stringify({ ...workflow, nodes: { ...workflow.nodes, save: copy } }),
    );
    const run = await runCli(["run", "workflow.json", "--json"], { cwd, env });
    expect(run.code, run.stderr).toBe(0);
    expect(await readFile(join(cwd, "outputs", name))).toEqual(mp4);
    if (name === "wave-again.mp4")
      expect(eventsOf(run)).toContainEqual(expect.objectContaining({ type: "node.cached", node: "wave" }));
  }
  expect(server.of("submit").map(({ url, body }) => [url, JSON.parse(body)])).toEqual([
    [`/v1/models/${modelId}`, { prompt: "waves on a beach", seed: 3 }],
  ]);
});
