import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import { startS3 } from "../packages/runcomfy/test/storage/file-server.ts";
import { runCli } from "./support/cli.ts";
import { asService, openSandbox } from "./support/sandbox.ts";
import { exampleWorkspace } from "./support/workspace.ts";

const account = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "canary-secret", region: "eu-test-1" };

/** A service, a bucket that checks signatures, and a workspace whose photograph says who took it and where. */
async function setUp() {
  const sandbox = await openSandbox({ profile: "identity", timing: { queuedMs: 0 } });
  const storage = await startS3(account);
  onTestFinished(() => storage.close());
  const cwd = await exampleWorkspace("remove-spoon");
  const photo = await sharp(join(cwd, "coffee.png"))
    .withExif({ IFD0: { Artist: "Ada Example" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "48/1 8/1 0/1" } })
    .jpeg()
    .toBuffer();
  await writeFile(join(cwd, "photo.jpg"), photo);
  const publisher = {
    INLAY_PUBLISHER: `s3://media/inlay?region=${account.region}&endpoint=${storage.url}`,
    INLAY_PUBLISHER_KEY_ID: account.accessKeyId,
    INLAY_PUBLISHER_SECRET: account.secretAccessKey,
  };
  const run = (env: Record<string, string>, seed = 1) =>
    runCli(["run", "workflow.json", "--json", "--input", "photo=photo.jpg", "--input", `seed=${seed}`], {
      cwd,
      env: { ...asService(sandbox), ...env },
    });
  return { sandbox, storage, cwd, publisher, run };
}

test("pictures go up once, signed and without a word about the person, and the service fetches them", async () => {
  const { sandbox, storage, publisher, run } = await setUp();
  const always = { ...publisher, INLAY_PUBLISHER_ALWAYS: "1" };
  const first = await run(always);
  expect(first.code, first.stderr).toBe(0);
  expect(storage.uploads).toHaveLength(2);
  for (const name of storage.uploads) {
    expect(name).toMatch(/^\/media\/inlay\/[0-9a-f]{64}\.png$/);
    const { exif, xmp, format } = await sharp(storage.file(name)).metadata();
    expect([exif, xmp, format]).toEqual([undefined, undefined, "png"]);
  }
  const [job] = sandbox.ledger();
  expect(job).toMatchObject({
    state: "completed",
    parameters: { image_url: expect.stringContaining(storage.url) as string },
  });

  const other = await run(always, 2);
  expect(other.code, other.stderr).toBe(0);
  expect([storage.uploads.length, sandbox.ledger().length]).toEqual([2, 2]);
  for (const { stdout, stderr } of [first, other]) {
    expect(stdout + stderr).not.toContain(account.secretAccessKey);
    expect(stdout + stderr).not.toContain("X-Amz-Signature");
  }
});

test("without `always`, small pictures stay inside the request", async () => {
  const { sandbox, storage, publisher, run } = await setUp();
  const { code, stderr } = await run(publisher);
  expect(code, stderr).toBe(0);
  expect([storage.uploads, sandbox.ledger().length]).toEqual([[], 1]);
});

test("a storage that refuses costs nothing and is told", async () => {
  const { sandbox, storage, publisher, run } = await setUp();
  storage.refuse();
  const { code, stdout, stderr } = await run({ ...publisher, INLAY_PUBLISHER_ALWAYS: "1" });
  expect(code).toBe(3);
  expect(stderr).toContain("remote.publish");
  expect(stderr).toContain("AccessDenied");
  expect(stdout + stderr).not.toContain(account.secretAccessKey);
  expect(sandbox.ledger()).toEqual([]);
});

test("settings that cannot be used are told before anything runs", async () => {
  const { sandbox, run } = await setUp();
  const { code, stderr } = await run({ INLAY_PUBLISHER: "s3://media" });
  expect([code, stderr]).toEqual([2, expect.stringContaining("config.invalid")]);
  expect(sandbox.ledger()).toEqual([]);
});

test("nothing in a workspace sets a publisher", async () => {
  const { storage, cwd, run } = await setUp();
  const evil = JSON.stringify({ publisher: { type: "url", url: `${storage.url}/{sha256}`, always: true } });
  await mkdir(join(cwd, ".inlay"));
  for (const file of ["config.json", ".inlay/config.json", "inlay.json"]) await writeFile(join(cwd, file), evil);
  await writeFile(join(cwd, ".env"), `INLAY_PUBLISHER=${storage.url}/{sha256}\nINLAY_PUBLISHER_ALWAYS=1\n`);
  const { code, stderr } = await run({});
  expect(code, stderr).toBe(0);
  expect(storage.uploads).toEqual([]);
});
