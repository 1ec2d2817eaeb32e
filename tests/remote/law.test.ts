import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { toDataUri } from "@inlay/runcomfy";
import type { FaultPlan } from "@inlay/sandbox";
import fc from "fast-check";
import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import { play, schedules, type Seen } from "../support/adversary.ts";
import { runCli } from "../support/cli.ts";
import { asService, openSandbox } from "../support/sandbox.ts";
import { CANARY } from "../support/stage.ts";
import { exampleWorkspace } from "../support/workspace.ts";

const PROOF = process.env["INLAY_PROOF"] === "1";
const SCHEDULES = PROOF ? 5_000 : 200;
/** Sandboxes that schedules are played on at once: most of their time is waiting. */
const LANES = 8;

test(`in ${SCHEDULES} schedules of faults, aborts and deaths a key has at most one job that is paid, every call ends, and the token stays where it belongs`, async () => {
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown): void => void rejections.push(reason);
  process.on("unhandledRejection", onRejection);
  onTestFinished(() => void process.off("unhandledRejection", onRejection));

  const wanted = fc.sample(schedules, { numRuns: SCHEDULES, seed: 20_261 });
  const input = await smallInput();
  const failures: (Omit<Seen, "shown"> & { readonly schedule: number })[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    const sandbox = await openSandbox({ profile: "identity", token: CANARY, concurrency: 4, timing: { queuedMs: 3 } });
    for (let schedule = next++; schedule < wanted.length; schedule = next++) {
      const { shown, ...seen } = await play(wanted[schedule] ?? [], sandbox, input);
      if (seen.most > 1 || seen.pending > 0) failures.push({ ...seen, schedule });
      expect(shown.toLowerCase()).not.toContain(CANARY.toLowerCase());
    }
    const calls = sandbox.calls();
    expect(calls.filter(({ token }) => token === "elsewhere")).toEqual([]);
    expect(calls.filter(({ call, token }) => call === "file" && token !== "nowhere")).toEqual([]);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  expect(failures).toEqual([]);
  expect(rejections).toEqual([]);
}, 1_800_000);

const careless = `you sent Bearer ${CANARY}`;
const leaks: readonly (readonly [name: string, faults: FaultPlan])[] = [
  ["answers well", {}],
  ["repeats the token in a refusal", { script: { submit: [{ fault: "http", status: 400, message: careless }] } }],
  ["repeats the token in a failure", { script: { submit: [{ fault: "fails", message: careless }] } }],
  ["makes it a status", { script: { status: [{ fault: "unknown-status", word: CANARY }] } }],
  ["makes it an id", { script: { submit: [{ fault: "say", set: { request_id: `id-${CANARY}` } }] } }],
  [
    "sends the result elsewhere",
    { script: { result: [{ fault: "say", set: { output: { image: `https://${CANARY}.invalid/x.png` } } }] } },
  ],
];

test.each(leaks)(
  "of a service that %s, the token is in no output, file, cache, journal or image",
  async (_, faults) => {
    const cwd = await exampleWorkspace("remove-spoon");
    const sandbox = await openSandbox({ profile: "identity", token: CANARY, faults, timing: { queuedMs: 0 } });
    const { stdout, stderr } = await runCli(["run", "workflow.json", "--json"], { cwd, env: asService(sandbox) });
    const jobs = await runCli(["jobs", "--json"], { cwd });
    expect(stdout + stderr + jobs.stdout + jobs.stderr).not.toContain(CANARY);
    const names = await readdir(cwd, { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    expect(files.some((file) => file.endsWith("run.json"))).toBe(true);
    for (const file of files) expect((await readFile(file)).includes(CANARY), file).toBe(false);
    expect(sandbox.calls().filter(({ token }) => token === "elsewhere")).toEqual([]);
  },
);

async function smallInput() {
  const plain = { width: 8, height: 6, channels: 3 } as const;
  const draw = (background: string): Promise<Buffer> =>
    sharp({ create: { ...plain, background } })
      .png()
      .toBuffer();
  const [image, mask] = [await draw("#a52"), await draw("#fff")];
  return {
    prompt: "an apple",
    seed: 7,
    image_url: toDataUri(image, "image/png"),
    mask_image_url: toDataUri(mask, "image/png"),
  };
}
