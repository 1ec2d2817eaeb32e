import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openPublisher, type PublisherSettings, type RunComfyError } from "../src/index.ts";
import { presign } from "../src/publish/presign.ts";
import { publisherConformance, type PublisherUnderTest } from "../src/testing/index.ts";
import { startS3, startWebServer, type FileServer } from "./storage/file-server.ts";
import { refusePresigned } from "./storage/verify-presigned.ts";

const account = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "canary/secret+Key0", region: "eu-test-1" };
const AUTHORIZATION = "Bearer canary-upload-token";

const under = (server: FileServer, settings: PublisherSettings, secrets: readonly string[]): PublisherUnderTest => ({
  open: () => openPublisher(settings),
  uploads: () => server.uploads,
  refuse: () => server.refuse(),
  secrets,
  close: () => server.close(),
});

const kinds: Readonly<Record<string, () => Promise<PublisherUnderTest>>> = {
  async "an S3 bucket in the path"() {
    const server = await startS3(account);
    return under(server, { type: "s3", ...account, bucket: "media", endpoint: server.url, prefix: "inlay/in/" }, [
      account.secretAccessKey,
    ]);
  },
  async "an S3 bucket with temporary credentials"() {
    const server = await startS3(account);
    const sessionToken = "canary-session/token+==";
    return under(server, { type: "s3", ...account, bucket: "media", endpoint: server.url, sessionToken }, [
      account.secretAccessKey,
      sessionToken,
    ]);
  },
  async "a web server"() {
    const server = await startWebServer(AUTHORIZATION);
    const url = `${server.url}/files/{sha256}{ext}`;
    return under(server, { type: "url", url, authorization: AUTHORIZATION }, ["canary-upload-token"]);
  },
  async "a command"() {
    const server = await startWebServer(AUTHORIZATION);
    const folder = await mkdtemp(join(tmpdir(), "inlay-command-"));
    const script = join(folder, "publish.mjs");
    await writeFile(script, publishScript);
    const env = { ...process.env, SERVER: server.url, AUTHORIZATION, RUNCOMFY_API_TOKEN: "canary-runcomfy" };
    const storage = under(server, { type: "command", command: [process.execPath, script], env }, [
      "canary-upload-token",
      "canary-runcomfy",
    ]);
    return {
      ...storage,
      close: () => Promise.all([server.close(), rm(folder, { recursive: true })]).then(() => undefined),
    };
  },
};

/** A person's own program: looks whether the file is there, else brings it. */
const publishScript = `
const { SERVER, AUTHORIZATION, INLAY_SHA256, INLAY_MIME, RUNCOMFY_API_TOKEN } = process.env;
if (RUNCOMFY_API_TOKEN) throw new Error("it was given the token " + RUNCOMFY_API_TOKEN);
const url = SERVER + "/" + INLAY_SHA256;
const found = await fetch(url, { method: "HEAD" });
if (!found.ok) {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const headers = { authorization: AUTHORIZATION, "content-type": INLAY_MIME };
  const put = await fetch(url, { method: "PUT", body: Buffer.concat(chunks), headers });
  if (!put.ok) { console.error("refused with " + put.status); process.exit(1); }
}
console.log(url);
`;

describe.each(Object.entries(kinds))("%s", (_name, open) => {
  for (const { name, run } of publisherConformance(open)) test(name, run, 60_000);
});

test("presigning reproduces AWS's published example", async () => {
  const credentials = {
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    region: "us-east-1",
  };
  const url = await presign(credentials, {
    method: "GET",
    url: "https://examplebucket.s3.amazonaws.com/test.txt",
    ttl: 86_400,
    datetime: "20130524T000000Z",
  });
  expect(new URL(url).searchParams.get("X-Amz-Signature")).toBe(
    "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
  );
  const { host, pathname, search } = new URL(url);
  const request = { method: "GET", host, path: pathname + search };
  expect(refusePresigned(request, credentials, new Date("2013-05-24T12:00:00Z"))).toBeUndefined();
});

describe("the verifier, which stands for the storage", () => {
  const now = new Date("2026-01-02T03:04:05Z");
  const signed = async (method: "GET" | "HEAD" | "PUT" = "GET", ttl = 600) => {
    const url = await presign(account, {
      method,
      url: "https://s3.example.com/media/a.png",
      ttl,
      datetime: "20260102T030405Z",
    });
    const { host, pathname, search } = new URL(url);
    return { method: method as string, host, path: pathname + search };
  };
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

  test("takes what was signed, until it expires", async () => {
    const request = await signed();
    expect(refusePresigned(request, account, now)).toBeUndefined();
    expect(refusePresigned(request, account, later(600))).toBeUndefined();
    expect(refusePresigned(request, account, later(601))).toBe("AccessDenied");
  });

  test.each<[string, (request: Awaited<ReturnType<typeof signed>>) => Awaited<ReturnType<typeof signed>>, string]>([
    [
      "another path",
      (request) => ({ ...request, path: request.path.replace("a.png", "b.png") }),
      "SignatureDoesNotMatch",
    ],
    ["another method", (request) => ({ ...request, method: "PUT" }), "SignatureDoesNotMatch"],
    ["another host", (request) => ({ ...request, host: "evil.example" }), "SignatureDoesNotMatch"],
    [
      "a longer life",
      (request) => ({ ...request, path: request.path.replace("Expires=600", "Expires=6000") }),
      "SignatureDoesNotMatch",
    ],
    [
      "a later date",
      (request) => ({ ...request, path: request.path.replace("T030405Z", "T030406Z") }),
      "SignatureDoesNotMatch",
    ],
    ["more parameters", (request) => ({ ...request, path: `${request.path}&versionId=1` }), "SignatureDoesNotMatch"],
    [
      "no signature",
      (request) => ({ ...request, path: request.path.replace(/&X-Amz-Signature=.*/, "") }),
      "SignatureDoesNotMatch",
    ],
    [
      "another region",
      (request) => ({ ...request, path: request.path.replace("eu-test-1", "us-east-1") }),
      "AuthorizationQueryParametersError",
    ],
    [
      "another key",
      (request) => ({ ...request, path: request.path.replace("AKIDEXAMPLE", "AKIDOTHER") }),
      "InvalidAccessKeyId",
    ],
    ["no query", (request) => ({ ...request, path: "/media/a.png" }), "AccessDenied"],
  ])("rejects %s", async (_name, tamper, code) => {
    expect(refusePresigned(tamper(await signed()), account, now)).toBe(code);
  });

  test("rejects a life of more than seven days", async () => {
    expect(refusePresigned(await signed("GET", 604_801), account, now)).toBe("AuthorizationQueryParametersError");
  });

  test("rejects the signature of another secret", async () => {
    expect(refusePresigned(await signed(), { ...account, secretAccessKey: "other" }, now)).toBe(
      "SignatureDoesNotMatch",
    );
  });
});

test("an address that was signed for a short time is refused afterwards by the storage", async () => {
  let now = new Date();
  const server = await startS3(account, () => now);
  const publisher = openPublisher({ type: "s3", ...account, bucket: "media", endpoint: server.url });
  const { url } = await publisher.publish(Buffer.from("x"), { mime: "image/png", sha256: "0".repeat(64), ttl: 60 });
  expect((await fetch(url)).status).toBe(200);
  now = new Date(Date.now() + 120_000);
  expect((await fetch(url)).status).toBe(403);
  await server.close();
});

test.each<[string, PublisherSettings]>([
  ["an endpoint without https", { type: "s3", ...account, bucket: "media", endpoint: "http://s3.example.com" }],
  [
    "an endpoint with credentials",
    { type: "s3", ...account, bucket: "media", endpoint: "https://user:secret@s3.example.com" },
  ],
  ["no bucket", { type: "s3", ...account, bucket: "" }],
  ["a bucket that is a path", { type: "s3", ...account, bucket: "a/../b" }],
  ["a prefix that leaves the bucket", { type: "s3", ...account, bucket: "media", prefix: "../x/" }],
  ["no key", { type: "s3", ...account, bucket: "media", accessKeyId: "" }],
  ["an address without a hash", { type: "url", url: "https://example.com/a.png" }],
  ["a hash in the host", { type: "url", url: "https://{sha256}.example.com/a.png" }],
  ["a hash in the query alone", { type: "url", url: "https://example.com/a.png?{sha256}" }],
  ["an address without https", { type: "url", url: "http://example.com/{sha256}" }],
  ["no program", { type: "command", command: [] }],
])("%s is refused when it is set up", (_name, settings) => {
  expect(() => openPublisher(settings)).toThrow(expect.objectContaining({ code: "remote.config" }));
  try {
    openPublisher(settings);
  } catch (error) {
    expect((error as RunComfyError).message).not.toContain("user:secret");
  }
});

test.each([
  ["writes no address", "console.log('done')", "not an https address"],
  ["writes an address of another kind", "console.log('file:///etc/passwd')", "not an https address"],
  ["fails", "console.error('no space'); process.exit(3)", "it ended with 3: no space"],
  ["hangs", "setInterval(() => {}, 1000)", "it ended with SIGKILL"],
])("a command that %s is remote.publish", async (_name, code, reason) => {
  const publisher = openPublisher({ type: "command", command: [process.execPath, "-e", code], timeout: 2_000 });
  const error = await publisher
    .publish(Buffer.alloc(2 ** 20), { mime: "image/png", sha256: "0".repeat(64), ttl: 60 })
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "remote.publish" });
  expect((error as RunComfyError).message).toContain(reason);
});

test("a command that does not exist is remote.publish", async () => {
  const publisher = openPublisher({ type: "command", command: ["inlay-no-such-program"] });
  await expect(
    publisher.publish(Buffer.from("x"), { mime: "image/png", sha256: "0".repeat(64), ttl: 60 }),
  ).rejects.toMatchObject({ code: "remote.publish" });
});

test("an upload is stopped when nobody waits for it any more, and not before", async () => {
  const publisher = openPublisher({
    type: "command",
    command: [process.execPath, "-e", "setInterval(() => {}, 1000)"],
  });
  const [one, two] = [new AbortController(), new AbortController()];
  const options = { mime: "image/png", sha256: "0".repeat(64), ttl: 60 };
  const waiting = [one, two].map(({ signal }) =>
    publisher.publish(Buffer.from("x"), options, signal).catch((thrown: unknown) => thrown),
  );
  one.abort("first");
  expect(await waiting[0]).toBe("first");
  two.abort("second");
  expect(await waiting[1]).toBe("second");
});
