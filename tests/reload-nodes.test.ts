import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { serve, type ServedWorkspace } from "./support/server.ts";
import { tempFolder } from "./support/workspace.ts";

// A person writes nodes while their server runs.

const node = (type: string, run: string, imports = ""): string => `import { defineNode, z } from "inlay";
${imports}
export default defineNode({
  type: "own/${type}",
  version: 1,
  title: "${type}",
  category: "Own",
  description: "For tests.",
  inputs: { value: z.number().default(0), ms: z.number().default(0) },
  outputs: { value: z.number() },
  resource: "network",
  async run({ value, ms }) {
    await new Promise((done) => setTimeout(done, ms));
    return { value: ${run} };
  },
});
`;

test("nodes that are added, changed, broken or removed are the server's without a restart; runs keep what they began with", async () => {
  const folder = await tempFolder();
  const [workspace, config] = [join(folder, "workspace"), join(folder, "config")];
  await mkdir(join(config, "nodes", "lib"), { recursive: true });
  await mkdir(join(workspace, "nodes"), { recursive: true });
  const own = (name: string): string => join(config, "nodes", name);
  await writeFile(own("lib/factor.mjs"), "export const factor = 2;\n");
  await writeFile(own("twice.mjs"), node("twice", "value * factor", `import { factor } from "./lib/factor.mjs";`));
  const server = await serve(workspace, { env: { INLAY_CONFIG_DIR: config } });
  const states = await catalogStates(server);

  // A new file is found by itself; one in the workspace never is, for it may be anybody's.
  await writeFile(join(workspace, "nodes", "evil.mjs"), node("evil", "666"));
  await writeFile(own("third.mjs"), node("third", "value / 3"));
  await states.next();
  expect(await typesOf(server)).toEqual(["own/third", "own/twice"]);
  expect(await resultOf(server, "own/third", { value: 9 })).toBe(3);

  // A run that has begun ends with the code that it began with, the one after has the new one: of the helper, too.
  expect(await resultOf(server, "own/twice", { value: 1 })).toBe(2);
  const begun = await started(server, "own/twice", { value: 1, ms: 4000 });
  await writeFile(own("lib/factor.mjs"), "export const factor = 10;\n");
  await states.next();
  expect(await resultOf(server, "own/twice", { value: 1 })).toBe(10);
  expect((await server.api("GET", `/api/runs/${begun}?wait=30`)).outputs.result).toBe(2);

  // One that is broken is told, and takes nothing else down.
  await writeFile(own("third.mjs"), "export default {");
  const { problems } = await server.api("POST", "/api/catalog/reload", {});
  expect(problems).toEqual([
    expect.objectContaining({ code: "pack.broken", message: expect.stringContaining("third.mjs") }),
  ]);
  expect(await typesOf(server)).toEqual(["own/twice"]);
  await rm(own("third.mjs"));
  expect(await server.api("POST", "/api/catalog/reload", {})).toMatchObject({ problems: [] });
  expect(await server.api("POST", "/api/catalog/reload", {})).toEqual({ changed: false, problems: [] });
  states.close();
});

const workflowOf = (type: string, inputs: object) => ({
  inlay: 1,
  nodes: { n: { type, version: 1, inputs } },
  outputs: { result: { node: "n", output: "value" } },
});

async function resultOf(server: ServedWorkspace, type: string, inputs: object): Promise<unknown> {
  return (await server.api("POST", "/api/runs?wait=30", { workflow: workflowOf(type, inputs) })).outputs.result;
}

/** A run whose node is at work. */
async function started(server: ServedWorkspace, type: string, inputs: object): Promise<string> {
  const { id } = await server.api("POST", "/api/runs", { workflow: workflowOf(type, inputs) });
  for (;;) {
    const { nodes } = await server.api("GET", `/api/runs/${id}`);
    if (nodes.some(({ status }: { status: string }) => status !== "queued")) return id;
  }
}

async function typesOf(server: ServedWorkspace): Promise<readonly string[]> {
  const { nodes } = await server.api("GET", "/api/catalog");
  return Object.keys(nodes)
    .filter((type) => type.startsWith("own/"))
    .toSorted();
}

/** What the server says of its catalogue, from the state that it had when the stream began. */
async function catalogStates(server: ServedWorkspace) {
  const closing = new AbortController();
  const { body } = await server.fetch("/api/events", { signal: closing.signal });
  const reader = body!.getReader();
  let text = "";
  const next = async (): Promise<string> => {
    for (;;) {
      const [, etag, rest] = /event: catalog\ndata: (.*)\n\n([^]*)$/.exec(text) ?? [];
      if (etag !== undefined) {
        text = rest!;
        return etag;
      }
      const { value, done } = await reader.read();
      if (done) throw new Error("The stream has ended.");
      text += Buffer.from(value as Uint8Array).toString("utf8");
    }
  };
  await next();
  return { next, close: () => closing.abort() };
}
