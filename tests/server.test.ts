import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import sharp from "sharp";
import { expect, test } from "vitest";
import { openSandbox } from "./support/sandbox.ts";
import { serve } from "./support/server.ts";
import { tempFolder } from "./support/workspace.ts";

// The built server from outside, with the built-in nodes and its own sandbox.

test("a template becomes a workflow, runs, and every picture on the way can be seen", async () => {
  const workspace = await tempFolder();
  const server = await serve(workspace, { args: ["--sandbox"] });

  const { templates } = await server.api("GET", "/api/templates");
  // Each shows what it does, and each can run: what needs nodes of its own folder is not offered.
  expect(templates.filter(({ picture }: { picture?: string }) => picture === undefined)).toEqual([]);
  expect(templates.map(({ id }: { id: string }) => id)).not.toContain("own-node");
  const spoon = templates.find(({ id }: { id: string }) => id === "remove-spoon");
  expect(spoon).toMatchObject({ name: "Remove the spoon", picture: "/api/templates/remove-spoon/picture" });
  expect((await sharp(await bytesOf(await server.fetch(spoon.picture))).metadata()).width).toBeGreaterThan(100);

  const made = await server.api("POST", "/api/workflows", { template: "remove-spoon" });
  expect(made).toMatchObject({ path: "workflows/remove-spoon.json", diagnostics: [] });
  expect((await server.api("POST", "/api/workflows", { template: "remove-spoon" })).path).toBe(
    "workflows/remove-spoon-2.json",
  );
  const text = await readFile(join(workspace, made.path), "utf8");
  expect(text).toContain('{ "$file": "inputs/coffee.png" }');

  const run = await server.api("POST", "/api/runs?wait=60", { file: made.path, metadata: "none" });
  expect(run).toMatchObject({ status: "succeeded", counts: { paid: 1 }, metadata: "none" });
  const saved = run.files.find(({ role }: { role: string }) => role === "result");
  expect((await sharp(join(workspace, saved.path)).metadata()).xmp).toBeUndefined();
  const listed = (await server.api("GET", "/api/files")).files.map(({ path }: { path: string }) => path);
  expect(listed).toEqual(expect.arrayContaining(["inputs/coffee.png", "outputs/coffee-without-spoon.png"]));
  expect(saved.path.endsWith("coffee-without-spoon.png")).toBe(true);

  const output = (node: string, name: string) => `/api/runs/${run.id}/nodes/${node}/outputs/${name}`;
  const preview = await server.fetch(`${output("mask", "mask")}/preview`);
  expect(preview.headers.get("content-type")).toBe("image/webp");
  expect(await sharp(await bytesOf(preview)).metadata()).toMatchObject({ width: 256, format: "webp" });
  // The saved file is not decoded for its thumbnail: it shows what was saved.
  const savedAt = `/api/files/${encodeURIComponent("outputs/coffee-without-spoon.png")}/thumbnail`;
  const ofPixels = await bytesOf(await server.fetch(`${output("save", "image")}/preview`));
  expect(await bytesOf(await server.fetch(savedAt))).toEqual(ofPixels);
  const whole = await sharp(await bytesOf(await server.fetch(output("inpaint", "image")))).metadata();
  expect(whole).toMatchObject({ width: 600, height: 400, format: "png" });
  expect(await server.api("GET", output("save", "file"))).toMatchObject({ mime: "image/png" });
  expect((await server.fetch(output("mask", "nothing"))).status).toBe(410);

  const thumbnail = await server.fetch(
    `/api/files/${encodeURIComponent("outputs/coffee-without-spoon.png")}/thumbnail?size=64`,
  );
  expect(await sharp(await bytesOf(thumbnail)).metadata()).toMatchObject({ width: 64, format: "webp" });

  const jobs = (await server.api("GET", "/api/jobs")).jobs;
  expect(jobs).toMatchObject([{ state: "succeeded", model: "tongyi-mai/z-image/turbo/inpainting" }]);
});

test("a new workflow names the JSON Schema of its workspace, which it fits", async () => {
  const workspace = await tempFolder();
  const server = await serve(workspace);
  const { path } = await server.api("POST", "/api/workflows", {
    template: "local-fill",
    path: "workflows/a/fill.json",
  });
  const workflow = JSON.parse(await readFile(join(workspace, path), "utf8"));
  expect(workflow.$schema).toBe("../../.inlay/workflow.schema.json");
  const schemaPath = join(workspace, "workflows/a", workflow.$schema);
  await expect.poll(() => readFile(schemaPath, "utf8").catch(() => "")).toContain('"image/load"');
  const fits = new Ajv2020({ strict: false }).compile(JSON.parse(await readFile(schemaPath, "utf8")));
  expect(fits(workflow), JSON.stringify(fits.errors)).toBe(true);
  expect(fits({ ...workflow, nodes: { a: { type: "image/load" } } })).toBe(false);
});

test("what is to say about a workflow is said without running it", async () => {
  const server = await serve(await tempFolder());
  const text = '{ "inlay": 1,\n  "nodes": { "a": { "type": "image/blurr", "version": 1, "inputs": {} } } }';
  const { diagnostics } = await server.api("POST", "/api/validate", { text });
  expect(diagnostics).toMatchObject([{ code: "node.unknown-type", node: "a", line: 2 }]);
  const described = await server.api("POST", "/api/describe", {
    workflow: { inlay: 1, inputs: { n: { type: "integer", title: "Number" } }, nodes: {} },
  });
  expect(described.inputs).toMatchObject([{ name: "n", type: "integer", title: "Number" }]);
});

test("a token is written, tried, and never told", async () => {
  const folder = await tempFolder();
  const [workspace, config] = [join(folder, "workspace"), join(folder, "config")];
  await mkdir(workspace);
  const sandbox = await openSandbox();
  const env = { RUNCOMFY_BASE_URL: sandbox.url, INLAY_CONFIG_DIR: config };
  const server = await serve(workspace, { env });
  const answers: unknown[] = [];
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await server.api(method, path, body);
    answers.push(answer);
    return answer;
  };
  expect(await ask("GET", "/api/settings")).toEqual({
    service: "runcomfy",
    services: ["runcomfy", "sandbox"],
    token: "missing",
  });
  expect(await ask("POST", "/api/settings/test")).toMatchObject({ ok: false, error: { code: "secret.missing" } });
  expect(await ask("PUT", "/api/settings/token", { token: "no-token-of-it" })).toMatchObject({
    token: "configuration",
  });
  expect(await ask("POST", "/api/settings/test")).toMatchObject({ ok: false, error: { code: "remote.auth" } });
  await ask("PUT", "/api/settings/token", { token: sandbox.token });
  expect(await ask("POST", "/api/settings/test")).toEqual({ ok: true });
  expect(await ask("POST", "/api/settings/test", { service: "sandbox" })).toEqual({ ok: true });
  expect(JSON.stringify(answers)).not.toContain(sandbox.token);
  const kept = join(config, "runcomfy-token");
  expect([(await stat(kept)).mode & 0o777, await readFile(kept, "utf8")]).toEqual([0o600, `${sandbox.token}\n`]);
  const files = await readdir(workspace, { recursive: true, withFileTypes: true });
  for (const file of files.filter((entry) => entry.isFile())) {
    expect((await readFile(join(file.parentPath, file.name))).includes(sandbox.token)).toBe(false);
  }
  expect(await ask("PUT", "/api/settings/token", { token: "" })).toMatchObject({ token: "missing" });
});

test("each run goes to the service that it names, and a sandbox's result serves no other", async () => {
  const workspace = await tempFolder();
  // A sandbox that nobody knows to be one stands for the real service.
  const real = await openSandbox();
  const env = { RUNCOMFY_BASE_URL: real.url, RUNCOMFY_API_TOKEN: real.token };
  const server = await serve(workspace, { env });
  const { path } = await server.api("POST", "/api/workflows", { template: "remove-spoon" });
  const run = (service?: string) =>
    server.api("POST", "/api/runs?wait=60", { file: path, targets: ["inpaint"], ...(service && { service }) });
  const plan = async (service?: string) =>
    (await server.api("POST", "/api/plan", { file: path, targets: ["inpaint"], ...(service && { service }) })).counts;

  expect(await run("sandbox")).toMatchObject({ status: "succeeded", service: "sandbox", counts: { paid: 1 } });
  expect(real.ledger()).toHaveLength(0);
  expect(await plan("sandbox")).toMatchObject({ paid: 0, paidCached: 1 });
  expect(await plan()).toMatchObject({ paid: 1, paidCached: 0 });
  expect(await run()).toMatchObject({ status: "succeeded", service: "runcomfy", counts: { paid: 1 } });
  expect(real.ledger()).toHaveLength(1);
  expect(await run("sandbox")).toMatchObject({ counts: { paid: 0, executed: 0 } });

  expect(await server.api("PUT", "/api/settings", { service: "sandbox" })).toMatchObject({ service: "sandbox" });
  expect(await server.api("GET", "/api/session")).toMatchObject({ service: "sandbox" });
  expect(await run()).toMatchObject({ service: "sandbox", counts: { paid: 0 } });
  await server.kill();

  const sandboxed = await serve(workspace, { args: ["--sandbox"], env });
  expect(await sandboxed.api("GET", "/api/settings")).toMatchObject({ services: ["sandbox"], token: "own" });
  const answer = await sandboxed.fetch("/api/runs", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ file: path, service: "runcomfy" }),
  });
  expect([answer.status, ((await answer.json()) as { error: object }).error]).toMatchObject([
    422,
    { code: "service.unavailable", expected: "sandbox" },
  ]);
  expect(real.ledger()).toHaveLength(1);
});

test("a plan says what would run and be paid, and submits nothing", async () => {
  const workspace = await tempFolder();
  const server = await serve(workspace, { args: ["--sandbox"] });
  const { path } = await server.api("POST", "/api/workflows", { template: "remove-spoon" });
  const before = await server.api("POST", "/api/plan", { file: path });
  expect(before).toMatchObject({ counts: { paid: 1 }, isExact: true, problems: [] });
  expect((await server.api("GET", "/api/jobs")).jobs).toEqual([]);
  await server.api("POST", "/api/runs?wait=60", { file: path });
  const after = await server.api("POST", "/api/plan", { file: path });
  expect(after).toMatchObject({ counts: { paid: 0, paidCached: 1 } });
});

async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}
