import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { MODEL_ID } from "../src/index.ts";
import { BOX_PIXELS, boxMaskPng, dataUri, rgbOf, SMALL, stripedPng } from "./support/pictures.ts";
import {
  call,
  finalResult,
  sandboxForTest,
  submit,
  submitted,
  temporaryFolder,
  type Json,
} from "./support/sandboxes.ts";

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function ledgerOf(sandbox: Parameters<typeof call>[0]): Promise<Json[]> {
  return (await call(sandbox, "GET", "/_sandbox/ledger")).json as unknown as Json[];
}

test("each accepted job has an entry with its parameters and what was received", async () => {
  const sandbox = await sandboxForTest();
  const id = await submitted(sandbox, { seed: 7, promt: "typo" });
  await finalResult(sandbox, id);
  const [entry, ...others] = await ledgerOf(sandbox);
  expect(others).toEqual([]);
  expect(entry).toMatchObject({
    request_id: id,
    model: MODEL_ID,
    state: "completed",
    parameters: { prompt: "an apple", seed: 7, strength: 1, control_end: 0.6 },
    unknown_fields: ["promt"],
    image: { ...SMALL, sha256: sha256(await stripedPng()) },
    mask: { ...SMALL, sha256: sha256(await boxMaskPng()), white_pixels: BOX_PIXELS },
  });
  expect(sandbox.ledger()).toEqual(await ledgerOf(sandbox));
});

test("a refused submission is not in it", async () => {
  const sandbox = await sandboxForTest();
  expect((await submit(sandbox, { strength: 2 })).status).toBe(422);
  expect(await ledgerOf(sandbox)).toEqual([]);
});

test("the entry is on the disk when the submission is answered", async () => {
  const dir = await temporaryFolder();
  const sandbox = await sandboxForTest({ dir, timing: { queuedMs: 60_000 } });
  const id = await submitted(sandbox);
  expect(await readFile(join(dir, "ledger.jsonl"), "utf8")).toContain(id);
});

test("image data and secrets of URLs do not enter it", async () => {
  const sandbox = await sandboxForTest({ timing: { queuedMs: 60_000 } });
  await submitted(sandbox, { image_url: "https://user:pw@a.example/i.png?X-Signature=s3cret" });
  const text = JSON.stringify(await ledgerOf(sandbox));
  expect(text).toContain("https://a.example/i.png?…");
  expect(text).not.toMatch(/s3cret|pw@|base64,/);
});

test("the received mask is given back as it came", async () => {
  const sandbox = await sandboxForTest();
  const id = await submitted(sandbox);
  await finalResult(sandbox, id);
  const mask = await maskOf(sandbox, id);
  expect(mask.equals(await boxMaskPng())).toBe(true);
});

test("a received mask that is not PNG is given back as PNG with the same pixels", async () => {
  const sandbox = await sandboxForTest();
  const webp = await sharp(await boxMaskPng())
    .webp({ lossless: true })
    .toBuffer();
  const id = await submitted(sandbox, { mask_image_url: dataUri(webp, "image/webp") });
  await finalResult(sandbox, id);
  const mask = await maskOf(sandbox, id);
  expect((await sharp(mask).metadata()).format).toBe("png");
  expect((await rgbOf(mask)).data.equals((await rgbOf(await boxMaskPng())).data)).toBe(true);
});

async function maskOf(sandbox: Parameters<typeof call>[0], id: string): Promise<Buffer> {
  const headers = { authorization: `Bearer ${sandbox.token}`, connection: "close" };
  const response = await fetch(`${sandbox.url}/_sandbox/jobs/${id}/mask`, { headers });
  expect(response.headers.get("content-type")).toBe("image/png");
  return Buffer.from(await response.arrayBuffer());
}
