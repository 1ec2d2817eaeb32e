import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach } from "vitest";
import { MODEL_ID, startSandbox, type LedgerEntry, type Sandbox, type SandboxOptions } from "../../src/index.ts";
import { boxMaskPng, dataUri, stripedPng } from "./pictures.ts";

export type Json = Record<string, unknown>;

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Undone after the test, last first. */
export function afterThisTest(cleanup: () => Promise<void>): void {
  cleanups.push(cleanup);
}

export async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "inlay-sandbox-test-"));
  afterThisTest(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A sandbox without waits that gives the image back, unless told otherwise. */
export async function sandboxForTest(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const dir = options.dir ?? (await temporaryFolder());
  const sandbox = await startSandbox({
    profile: "identity",
    ...options,
    dir,
    timing: { queuedMs: 0, ...options.timing },
  });
  afterThisTest(() => sandbox.close());
  return sandbox;
}

export interface Answer {
  readonly status: number;
  readonly json: Json;
  readonly headers: Headers;
}

/** One call with the sandbox's token. */
export async function call(sandbox: Sandbox, method: string, path: string, init: RequestInit = {}): Promise<Answer> {
  const headers = { authorization: `Bearer ${sandbox.token}`, connection: "close" };
  const response = await fetch(`${sandbox.url}${path}`, { headers, ...init, method });
  return { status: response.status, json: (await response.json()) as Json, headers: response.headers };
}

/** The required fields, with a small picture and mask as data URIs. */
async function validInput(): Promise<Json> {
  return {
    prompt: "an apple",
    image_url: dataUri(await stripedPng()),
    mask_image_url: dataUri(await boxMaskPng()),
  };
}

export async function submit(sandbox: Sandbox, more: Json = {}): Promise<Answer> {
  const body = JSON.stringify({ ...(await validInput()), ...more });
  return call(sandbox, "POST", `/v1/models/${MODEL_ID}`, { body });
}

/** Submits and gives the request id. */
export async function submitted(sandbox: Sandbox, more: Json = {}): Promise<string> {
  const { status, json } = await submit(sandbox, more);
  if (status !== 200) throw new Error(`refused: ${JSON.stringify(json)}`);
  return String(json["request_id"]);
}

export async function until<T>(probe: () => Promise<T> | T, isDone: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await probe();
    if (isDone(value)) return value;
    await sleep(10);
  }
}

const FINAL = new Set<unknown>(["completed", "failed", "cancelled"]);

/** The result once the job has come to its end. */
export async function finalResult(sandbox: Sandbox, id: string): Promise<Json> {
  const probe = async (): Promise<Json> => (await call(sandbox, "GET", `/v1/requests/${id}/result`)).json;
  return until(probe, (json) => FINAL.has(json["status"]));
}

export function outputUrl(result: Json): string {
  return (result["output"] as { image: string }).image;
}

export async function download(url: string): Promise<{ bytes: Buffer; type: string | null }> {
  const response = await fetch(url, { headers: { connection: "close" } });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return { bytes: Buffer.from(await response.arrayBuffer()), type: response.headers.get("content-type") };
}

/** Submits, waits and downloads the output. */
export async function outputOf(sandbox: Sandbox, more: Json = {}): Promise<Buffer> {
  const result = await finalResult(sandbox, await submitted(sandbox, more));
  if (result["status"] !== "completed") throw new Error(JSON.stringify(result));
  return (await download(outputUrl(result))).bytes;
}

export function entryOf(sandbox: Sandbox, id: string): LedgerEntry {
  const entry = sandbox.ledger().find((candidate) => candidate.request_id === id);
  if (entry === undefined) throw new Error(`${id} is not in the ledger`);
  return entry;
}
