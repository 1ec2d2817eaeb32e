import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import sharp from "sharp";
import { expect, test } from "vitest";
import { asService, openSandbox } from "./support/sandbox.ts";
import { serve, type ServedWorkspace } from "./support/server.ts";
import { copyExample, outputsOf, tempFolder } from "./support/workspace.ts";

// A server under load that is killed without warning, again and again: what it has accepted is done in the end, what is
// finished is not run again, and nothing is paid twice.

const kills = process.env["INLAY_PROOF"] === "1" ? 100 : 10;

/** A person's own node that notes outside of the workspace when it runs, for which run, and under which id. */
const noteNode = `import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { defineNode, z } from "inlay";
export default defineNode({
  type: "proof/note",
  version: 1,
  title: "Note",
  category: "Proof",
  description: "Appends run, node and time to a file.",
  inputs: { value: z.number().default(0), file: z.string(), ms: z.number().default(0) },
  outputs: { value: z.number() },
  resource: "network",
  async run({ value, file, ms }, ctx) {
    appendFileSync(file, ctx.run.id + " " + ctx.run.node + " " + Date.now() + "\\n");
    await sleep(ms, undefined, { signal: ctx.signal });
    return { value: value + 1 };
  },
});
`;

interface StoredEvent {
  readonly run: string;
  readonly seq: number;
  readonly time: number;
  readonly type: string;
  readonly node?: string;
}

test(`killed ${kills} times under load: nothing accepted is lost, nothing finished runs again, nothing is paid twice`, async () => {
  const { workspace, config, notes } = await room();
  await copyExample("remove-spoon", workspace);
  const sandbox = await openSandbox({ profile: "identity", timing: { queuedMs: 50, minRunMs: 100 } });
  const env = { ...asService(sandbox), INLAY_CONFIG_DIR: config };

  const accepted: string[] = [];
  const paid = new Set<string>();
  for (let round = 0; round < kills; round++) {
    const server = await serve(workspace, { env });
    const before = accepted.length;
    const load = order(server, { round, notes, accepted, paid });
    // Moments spread over what the runs of a round take; on a busy machine the first one comes late.
    while (round % 3 > 0 && accepted.length === before) await sleep(10);
    await sleep(30 + ((round * 97) % 700));
    await server.kill();
    await load;
    await requireWholePictures(workspace);
  }

  const server = await serve(workspace, { env });
  const lines = (await readFile(notes, "utf8")).trim().split("\n");
  expect(accepted.length).toBeGreaterThan(kills / 2);
  for (const id of accepted) {
    let run = await ended(server, id);
    // Ten lives in a row that were too short for a single node: it is not begun again by itself, and not lost either.
    if (run.status === "interrupted") run = await ended(server, (await server.api("POST", `/api/runs/${id}/retry`)).id);
    const unknown = paid.has(id) && run.error?.code === "remote.unknown";
    expect([id, unknown ? "succeeded" : run.status]).toEqual([id, "succeeded"]);
    const events = await eventsOf(server, id);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
    for (const { node, time } of events.filter(({ type }) => type === "node.finished")) {
      const again = events.filter((event) => event.type === "node.started" && event.node === node && event.time > time);
      expect(again).toEqual([]);
      const late = lines.filter((line) => line.startsWith(`${id} ${node} `) && Number(line.split(" ")[2]) > time);
      expect(late).toEqual([]);
    }
  }
  expect(await requireWholePictures(workspace)).toBeGreaterThan(0);
  // Each paid run has a seed of its own, and so is a job of its own.
  const jobs = sandbox.ledger().map(({ parameters }) => parameters["seed"]);
  expect(new Set(jobs).size).toBe(jobs.length);
}, 900_000);

test("who listens sees every event once and in order, though the server is killed meanwhile", async () => {
  const { workspace, config, notes } = await room();
  const env = { INLAY_CONFIG_DIR: config };
  const before = await serve(workspace, { env });
  const port = new URL(before.url).port;
  const steps = [0, 1, 2, 3, 4, 5].map((step) => [
    `n${step}`,
    {
      type: "proof/note",
      version: 1,
      inputs: { file: notes, ms: 200, ...(step > 0 && { value: { $link: [`n${step - 1}`, "value"] } }) },
    },
  ]);
  const workflow = { inlay: 1, nodes: Object.fromEntries(steps), outputs: { result: { node: "n5", output: "value" } } };
  const { id } = await before.api("POST", "/api/runs", { workflow });
  const heard: (StoredEvent & { place: string })[] = [];
  const first = listen(before, id, heard);
  while (heard.length < 6) await sleep(10);
  await before.kill();
  await first;
  const server = await serve(workspace, { env, args: ["--port", port] });
  await listen(server, id, heard);
  expect(heard.map(({ seq }) => seq)).toEqual(heard.map((_, i) => i + 1));
  expect(heard.at(-1)).toMatchObject({ type: "run.finished", status: "succeeded" });
  expect(heard.filter(({ type }) => type === "run.resumed")).toHaveLength(1);
});

/** Listens from the last event that was heard, until the run or the server has ended. */
async function listen(server: ServedWorkspace, id: string, heard: (StoredEvent & { place: string })[]): Promise<void> {
  const last = heard.at(-1)?.place;
  const headers = last === undefined ? {} : { "last-event-id": last };
  let text = "";
  try {
    const { body } = await server.fetch(`/api/runs/${id}/events`, { headers });
    for await (const piece of body!) {
      text += Buffer.from(piece).toString("utf8");
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const [, place, data] = /^id: (\d+)\ndata: (.*)$/.exec(block) ?? [];
        if (place !== undefined) heard.push({ ...(JSON.parse(data!) as StoredEvent), place });
      }
    }
  } catch {
    // The server was killed.
  }
}

/** A workspace, the configuration with the node, and the file for its notes. */
async function room(): Promise<{ workspace: string; config: string; notes: string }> {
  const folder = await tempFolder();
  const [workspace, config, notes] = [join(folder, "workspace"), join(folder, "config"), join(folder, "notes.txt")];
  await mkdir(join(config, "nodes"), { recursive: true });
  await writeFile(join(config, "nodes", "note.mjs"), noteNode);
  await writeFile(notes, "");
  await mkdir(workspace);
  return { workspace, config, notes };
}

interface Load {
  readonly round: number;
  readonly notes: string;
  readonly accepted: string[];
  readonly paid: Set<string>;
}

/** Orders runs until the server is gone; what was answered counts. */
async function order(server: ServedWorkspace, { round, notes, accepted, paid }: Load): Promise<void> {
  const workflow = {
    inlay: 1,
    nodes: Object.fromEntries(
      [0, 1, 2, 3].map((step) => [
        `n${step}`,
        {
          type: "proof/note",
          version: 1,
          inputs: { file: notes, ms: 40, value: step === 0 ? round : { $link: [`n${step - 1}`, "value"] } },
        },
      ]),
    ),
    outputs: { result: { node: "n3", output: "value" } },
  };
  try {
    for (let number = 0; number < 6; number++) {
      const isPaid = number === 1;
      const seed = round * 1000 + number;
      const body = isPaid
        ? { file: "workflow.json", inputs: { seed } }
        : {
            workflow: {
              ...workflow,
              name: `w${seed}`,
              nodes: {
                ...workflow.nodes,
                n0: { ...workflow.nodes["n0"]!, inputs: { file: notes, ms: 40, value: seed } },
              },
            },
          };
      const { id } = await server.api("POST", "/api/runs", body);
      accepted.push(id);
      if (isPaid) paid.add(id);
      await sleep(20);
    }
  } catch {
    // The server was killed meanwhile; what it had not answered was not accepted.
  }
}

async function ended(server: ServedWorkspace, id: string) {
  for (;;) {
    const run = await server.api("GET", `/api/runs/${id}?wait=20`);
    if (!["queued", "running", "cancelling"].includes(run.status)) return run;
  }
}

/** Every event of a run that has ended. */
async function eventsOf(server: ServedWorkspace, id: string): Promise<StoredEvent[]> {
  const text = await (await server.fetch(`/api/runs/${id}/events`)).text();
  return [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data!) as StoredEvent);
}

/** Whatever shows in `outputs/`, at any moment, is a picture to its last pixel. */
async function requireWholePictures(workspace: string): Promise<number> {
  const visible = (await outputsOf(workspace)).filter((name) => !name.startsWith("."));
  const sizes = await Promise.all(
    visible.map(async (name) => [name, await pixelsOf(join(workspace, "outputs", name))]),
  );
  expect(sizes).toEqual(visible.map((name) => [name, 600 * 400]));
  return visible.length;
}

async function pixelsOf(path: string): Promise<number | string> {
  const decoded = sharp(await readFile(path), { failOn: "warning" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return decoded.then(
    ({ info }) => info.width * info.height,
    (error: unknown) => String(error),
  );
}
