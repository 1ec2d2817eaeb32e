import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { AcceptedJob } from "./job.ts";
import { Ledger } from "./ledger.ts";

let dir: string;
let path: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "inlay-ledger-test-"));
  path = join(dir, "ledger.jsonl");
});

afterEach(() => rm(dir, { recursive: true }));

function entry(request_id: string): AcceptedJob {
  return { request_id, model: "m", received_at: "2026-01-01T00:00:00.000Z", parameters: {}, unknown_fields: [] };
}

async function idsIn(ledger: Ledger): Promise<readonly string[]> {
  await ledger.close();
  return ledger.entries().map(({ request_id }) => request_id);
}

test("a line is in the file when append resolves", async () => {
  const ledger = await Ledger.open(path);
  await ledger.append(entry("a"));
  expect(await readFile(path, "utf8")).toBe(`${JSON.stringify(entry("a"))}\n`);
  await ledger.close();
});

test("lines appended at once are all kept, in order", async () => {
  const ledger = await Ledger.open(path);
  await Promise.all(["a", "b", "c"].map((id) => ledger.append(entry(id))));
  await ledger.close();
  expect(await idsIn(await Ledger.open(path))).toEqual(["a", "b", "c"]);
});

test("a last line that a crash left without an end is cut off, and the next line is whole", async () => {
  const before = await Ledger.open(path);
  await before.append(entry("a"));
  await before.close();
  await appendFile(path, '{"request_id":"tor');
  const after = await Ledger.open(path);
  await after.append(entry("b"));
  await after.close();
  expect(await idsIn(await Ledger.open(path))).toEqual(["a", "b"]);
});
