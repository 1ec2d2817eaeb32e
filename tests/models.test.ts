import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { zImageTurboInpaintingModel as modelId, zImageTurboInpaintingSchema as schema } from "@inlay/runcomfy/models";
import { expect, test } from "vitest";
import { eventsOf, runCli, startCli } from "./support/cli.ts";
import { readSamples, samePicture } from "./support/pictures.ts";
import { asService, ledgerOf, openSandbox } from "./support/sandbox.ts";
import { exampleWorkspace, tempFolder } from "./support/workspace.ts";

const nodeType = `runcomfy/${modelId}`;

/** A workspace with the coffee cup, a schema's file, and a workflow of the model's own node. */
async function modelWorkspace(content: unknown = schema): Promise<string> {
  const cwd = await exampleWorkspace("remove-spoon");
  await writeFile(join(cwd, "schema.json"), typeof content === "string" ? content : JSON.stringify(content));
  await writeFile(join(cwd, "any.json"), JSON.stringify(workflow));
  return cwd;
}

const workflow = {
  inlay: 1,
  outputs: { result: { node: "save", output: "image" } },
  nodes: {
    load: { type: "image/load", version: 1, inputs: { source: { $file: "coffee.png" } } },
    mask: {
      type: "mask/rectangle",
      version: 1,
      inputs: { image: { $link: ["load", "image"] }, x: 100, y: 100, width: 50, height: 50 },
    },
    model: {
      type: nodeType,
      version: 1,
      inputs: {
        image_url: { $link: ["load", "image"] },
        mask_image_url: { $link: ["mask", "mask"] },
        prompt: "an empty table",
      },
    },
    save: { type: "image/save", version: 1, inputs: { image: { $link: ["model", "image"] }, name: "any" } },
  },
};

const addModel = (cwd: string, ...more: string[]) =>
  runCli(["add-model", "schema.json", "--id", modelId, ...more], { cwd });

test("a model that was added is in the catalogue, paid, and runs against the service", async () => {
  const cwd = await modelWorkspace();
  const added = await addModel(cwd);
  expect([added.code, added.stderr]).toEqual([0, ""]);
  expect(added.stdout).toContain(`(${nodeType}, version 1, model:${modelId})`);

  const listed = await runCli(["nodes", nodeType, "--json"], { cwd });
  expect(JSON.parse(listed.stdout)).toMatchObject({ type: nodeType, paid: true, resource: "remote", model: modelId });

  const sandbox = await openSandbox({ profile: "identity", timing: { queuedMs: 0 } });
  const run = await runCli(["run", "any.json", "--json"], { cwd, env: asService(sandbox) });
  expect(run.code, run.stderr).toBe(0);
  expect(sandbox.ledger()).toMatchObject([{ model: modelId, parameters: { prompt: "an empty table", seed: 1 } }]);
  const price: unknown = expect.objectContaining({ usd: 0 });
  expect(eventsOf(run)).toContainEqual(expect.objectContaining({ type: "remote.ended", costUsd: 0, price }));
  const pictures = [
    await readSamples(join(cwd, "outputs/any.png")),
    await readSamples(join(cwd, "coffee.png")),
  ] as const;
  expect(samePicture(...pictures)).toBe(true);

  const again = await runCli(["run", "any.json", "--json"], { cwd, env: asService(sandbox) });
  expect(eventsOf(again)).toContainEqual(expect.objectContaining({ type: "node.cached", node: "model" }));
  expect(sandbox.ledger()).toHaveLength(1);
});

test("a model that was added can be tried in the sandbox, which checks its inputs by rules of its own", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  const id = "vendor/restyle";
  const properties = {
    prompt: { type: "string" },
    image_urls: { type: "array", items: { type: "string" } },
    strength: { type: "float", minimum: 0, maximum: 1 },
  };
  await writeFile(join(cwd, "schema.json"), JSON.stringify({ properties, required: ["prompt"] }));
  const added = await runCli(["add-model", "schema.json", "--id", id, "--output", "images"], { cwd });
  expect(added.code, added.stderr).toBe(0);
  const { load } = workflow.nodes;
  const inputs = { prompt: "a drawing", image_urls: { $link: ["load", "image"] }, strength: 0.5 };
  const nodes = {
    load,
    restyle: { type: `runcomfy/${id}`, version: 1, inputs },
    save: { type: "image/save", version: 1, inputs: { image: { $link: ["restyle", "images"] }, name: "restyled" } },
  };
  await writeFile(join(cwd, "restyle.json"), JSON.stringify({ inlay: 1, nodes }));
  const run = await runCli(["run", "restyle.json", "--sandbox", "--json"], { cwd });
  expect(run.code, run.stderr).toBe(0);
  expect(eventsOf(run)).toContainEqual(expect.objectContaining({ type: "remote.ended", node: "restyle", costUsd: 0 }));
  const [before, after] = [
    await readSamples(join(cwd, "coffee.png")),
    await readSamples(join(cwd, "outputs/restyled.png")),
  ];
  expect([after.width, after.height]).toEqual([before.width, before.height]);
  // Decoded anew, as a service does it: every sample is off by at most one.
  const furthest = before.data.reduce((most, sample, at) => Math.max(most, Math.abs(sample - after.data[at]!)), 0);
  expect(furthest).toBe(1);
  expect(await ledgerOf(cwd)).toMatchObject([{ model: id, parameters: { prompt: "a drawing", strength: 0.5 } }]);
});

test("`inlay sandbox --model` serves a model by the service's own answer about it", async () => {
  const cwd = await tempFolder();
  const page = { model_id: "vendor/tint", input_schema: { properties: { prompt: { type: "string" } } } };
  await writeFile(join(cwd, "tint.json"), JSON.stringify(page));
  const lines: string[] = [];
  const { child, ended } = startCli(["sandbox", "--model", "tint.json"], {
    cwd,
    env: { INLAY_SANDBOX_TOKEN: "a-token-of-the-tests" },
    onLine: (line) => lines.push(line),
  });
  while (lines.length < 2 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 10));
  const url = lines[0]?.split("=")[1];
  const answer = await fetch(`${url}/v1/models/vendor/tint`, {
    headers: { authorization: "Bearer a-token-of-the-tests" },
  });
  expect(await answer.json()).toMatchObject({ model_id: "vendor/tint", input_schema: page.input_schema });
  child.kill("SIGTERM");
  expect((await ended).stderr).toContain("vendor/tint");
  await writeFile(join(cwd, "tint.json"), "{}");
  const { code, stderr } = await runCli(["sandbox", "--model", "tint.json"], { cwd });
  expect([code, stderr]).toEqual([2, expect.stringContaining("model.not-a-schema")]);
});

test("a workflow of a model that is not in the workspace is refused by name", async () => {
  const { code, stderr } = await runCli(["validate", "any.json"], { cwd: await modelWorkspace() });
  expect(code).toBe(2);
  expect(stderr).toContain(nodeType);
});

test("the same model once more is left as it is; another one under its id must be told to replace it", async () => {
  const cwd = await modelWorkspace();
  await addModel(cwd);
  expect((await addModel(cwd)).stdout).toContain("(as it was)");
  const refused = await addModel(cwd, "--output", "images");
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("--replace")]);
  const replaced = await addModel(cwd, "--output", "images", "--replace", "--json");
  expect(JSON.parse(replaced.stdout)).toMatchObject({ node: { outputs: { images: {} } } });
});

test("what is odd about a schema is told, and does not stop it", async () => {
  const cwd = await modelWorkspace({ properties: { prompt: { type: "string" } }, required: ["prompt", "images"] });
  const { code, stderr } = await addModel(cwd);
  expect([code, stderr]).toEqual([0, 'note: `required` names "images", which is not defined: it is not asked for.\n']);
});

test.each<[string, string, unknown, string]>([
  ["model.remote-ref", modelId, { properties: { a: { $ref: "http://127.0.0.1:9/schema" } } }, "remote reference"],
  ["model.unsafe-pattern", modelId, { properties: { a: { type: "string", pattern: "^(a+)+$" } } }, "unsafe pattern"],
  ["model.too-large", modelId, `${" ".repeat(1_000_000)}{}`, "more than 1 MB"],
  ["model.not-json", modelId, "{", "half a file"],
  ["model.not-a-schema", modelId, {}, "no schema"],
  ["model.id", "../../outside", schema, "a path as id"],
  ["model.id", "Vendor/Model", schema, "capitals"],
])("%s: nothing is written (%#)", async (code, id, content, _what) => {
  const cwd = await modelWorkspace(content);
  const end = await runCli(["add-model", "schema.json", "--id", id], { cwd });
  expect([end.code, end.stderr]).toEqual([2, expect.stringContaining(code)]);
  expect((await runCli(["nodes", "runcomfy", "--json"], { cwd })).stdout).not.toContain('"model:');
});

test("a broken model, a link out of the workspace and a double are told, and take nothing down", async () => {
  const cwd = await modelWorkspace();
  await addModel(cwd);
  const outside = join(await tempFolder(), "m.json");
  await writeFile(outside, "{}");
  await symlink(outside, join(cwd, "models/link.json"));
  await writeFile(join(cwd, "models/broken.json"), '{ "inlayModel": 1');
  const text = await readFile(join(cwd, `models/${modelId}.json`));
  await writeFile(join(cwd, "models/zz-copy.json"), text);
  const { code, stderr } = await runCli(["validate", "any.json"], { cwd });
  expect(code, stderr).toBe(0);
  for (const told of ["model.not-json", "file.outside-workspace", "model.duplicate"]) expect(stderr).toContain(told);
});

test("a model's file sets no host, no token and runs nothing", async () => {
  const cwd = await modelWorkspace();
  const evil = { baseUrl: "https://evil.example", service: "evil", run: "process.exit(7)", $ref: "x" };
  const file = {
    inlayModel: 1,
    id: modelId,
    output: "image",
    schema: { ...schema, ...evil, $ref: undefined },
    ...evil,
  };
  await mkdir(dirname(join(cwd, `models/${modelId}.json`)), { recursive: true });
  await writeFile(join(cwd, `models/${modelId}.json`), JSON.stringify(file));
  const sandbox = await openSandbox({ profile: "identity", timing: { queuedMs: 0 } });
  const run = await runCli(["run", "any.json"], { cwd, env: asService(sandbox) });
  expect(run.code, run.stderr).toBe(0);
  expect(sandbox.ledger()).toHaveLength(1);
});
