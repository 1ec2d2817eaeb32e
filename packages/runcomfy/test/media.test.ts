import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { MediaFile, Publisher } from "../src/index.ts";
import { failure, setUp } from "./bench.ts";
import { accepted, bytes, html, json, png, type Answer } from "./scripted-server.ts";

const image: MediaFile = { kind: "media", bytes: png, mime: "image/png" };
const dataUri = `data:image/png;base64,${Buffer.from(png).toString("base64")}`;

/** A publisher of one address on the scripted server, which counts what it was given. */
function publisherAt(urlOf: () => string) {
  const published: { sha256: string; mime: string; ttl: number }[] = [];
  const publisher: Publisher = {
    label: "test",
    publish: async (_bytes, { sha256, mime, ttl }) => {
      published.push({ sha256, mime, ttl });
      return { url: urlOf(), expiresAt: Infinity };
    },
  };
  return { publisher, published };
}

async function setUpWith(script: Parameters<typeof setUp>[0], options: Parameters<typeof setUp>[1] = {}) {
  let origin = "";
  const { publisher, published } = publisherAt(() => `${origin}/media/a.png`);
  const bench = await setUp(script, { publisher, ...options });
  origin = bench.server.url;
  const bodies = () => bench.server.of("submit").map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  return { ...bench, published, bodies };
}

const refusedField: Answer = json({ detail: [{ loc: ["body", "image_url"], msg: "must be an https URL" }] }, 422);

test("bytes go into the request as a data URI, wherever they stand in it", async () => {
  const { run, bodies, published } = await setUpWith({});
  await run({ body: () => ({ prompt: "x", images: [image, { deep: image }] }) });
  expect(bodies()).toEqual([{ prompt: "x", images: [dataUri, { deep: dataUri }] }]);
  expect(published).toEqual([]);
});

test("a person who wants it so has every file published", async () => {
  const { run, bodies, server } = await setUpWith({}, { publishAlways: true });
  await run({ body: () => ({ image_url: image }) });
  expect(bodies()).toEqual([{ image_url: `${server.url}/media/a.png` }]);
});

test("a refusal of that field falls through to the publisher: a second request, one job", async () => {
  const { run, bodies, published, server, state } = await setUpWith({ submit: [refusedField, accepted()] });
  await (await run({ body: () => ({ image_url: image }) })).settled();
  expect(bodies()).toEqual([{ image_url: dataUri }, { image_url: `${server.url}/media/a.png` }]);
  const sha256 = createHash("sha256").update(png).digest("hex");
  expect(published).toEqual([{ sha256, mime: "image/png", ttl: 86_400 }]);
  expect(state()).toBe("succeeded");
});

test("what was published is fetched plainly, before it is submitted", async () => {
  const { run, server } = await setUpWith({ submit: [refusedField, accepted()] });
  await run({ body: () => ({ image_url: image }) });
  const fetched = server.received.findIndex(({ url }) => url === "/media/a.png");
  const submitted = server.received.findLastIndex(({ method }) => method === "POST");
  expect(fetched).toBeGreaterThan(0);
  expect(fetched).toBeLessThan(submitted);
  expect(server.received[fetched]?.headers.authorization).toBeUndefined();
});

test.each<[string, Answer]>([
  ["another field", json({ detail: [{ loc: ["body", "strength"], msg: "too high" }] }, 422)],
  ["the balance", json({ error_code: 400002, error_message: "no balance" }, 402)],
  ["the content", json({ detail: [{ loc: ["body", "image_url"], msg: "flagged by moderation" }] }, 422)],
])("a refusal because of %s does not", async (_name, refusal) => {
  const { run, bodies, published } = await setUpWith({ submit: [refusal] });
  await failure(run({ body: () => ({ image_url: image }) }));
  expect([bodies().length, published]).toEqual([1, []]);
});

test("a request that is too large for the service falls through as well", async () => {
  const { run, bodies } = await setUpWith({ submit: [html413, accepted()] });
  await run({ body: () => ({ image_url: image }) });
  expect(bodies()).toHaveLength(2);
});
const html413: Answer = (response) => {
  response.writeHead(413, { "content-type": "text/html" });
  response.end("<html>too large</html>");
};

test("an ambiguous answer never falls through", async () => {
  const { run, bodies } = await setUpWith({ submit: [json({ detail: [{ loc: ["body", "image_url"] }] }, 503)] });
  expect(await failure(run({ body: () => ({ image_url: image }) }))).toMatchObject({ ending: "unknown" });
  expect(bodies()).toHaveLength(1);
});

test("without a publisher the refusal stands, on the field", async () => {
  const { run, server } = await setUp({ submit: [refusedField] });
  expect(await failure(run({ body: () => ({ image_url: image }) }))).toMatchObject({
    code: "remote.schema",
    input: "image_url",
  });
  expect(server.of("submit")).toHaveLength(1);
});

test("a file over 6 MiB is published; without a publisher it is refused before anything is journaled", async () => {
  const large = Buffer.alloc(6 * 2 ** 20 + 1, "x");
  const body = () => ({ image_url: { kind: "media", bytes: large, mime: "image/png" } as const });
  const publishing = await setUpWith({ file: [bytes(large), bytes(png)] });
  await publishing.run({ body });
  expect(publishing.bodies()).toEqual([{ image_url: `${publishing.server.url}/media/a.png` }]);
  const { run, server, state } = await setUp({});
  expect(await failure(run({ body }))).toMatchObject({
    code: "remote.media",
    ending: "rejected",
    input: "image_url",
    suggestion: expect.stringContaining("docs/publishers.md") as string,
  });
  expect([server.received, state()]).toEqual([[], undefined]);
});

test("bytes that come back changed are not submitted", async () => {
  const { run, server, state } = await setUpWith({ submit: [refusedField], file: [bytes(Buffer.from("other"))] });
  expect(await failure(run({ body: () => ({ image_url: image }) }))).toMatchObject({
    code: "remote.media-url",
    ending: "rejected",
    input: "image_url",
  });
  expect(server.of("submit")).toHaveLength(1);
  expect(server.of("file")).toHaveLength(3);
  expect(state()).toBe("rejected");
});

test("an address passes through once it has been fetched", async () => {
  const { run, bodies, server } = await setUpWith({});
  const url = `${server.url}/photo.png`;
  await run({ body: () => ({ image_url: { kind: "media", url } }) });
  expect(bodies()).toEqual([{ image_url: url }]);
  expect(server.received[0]).toMatchObject({ method: "GET", url: "/photo.png" });
});

test.each<[string, Answer]>([
  ["is not there", json({}, 404)],
  ["needs a login", json({}, 401)],
  ["is a web page", html],
])("an address that %s is refused before anything is paid", async (_name, file) => {
  const { run, server, state } = await setUp({ file: [file] });
  const url = `${server.url}/photo.png`;
  expect(await failure(run({ body: () => ({ image_url: { kind: "media", url } }) }))).toMatchObject({
    code: "remote.media-url",
    input: "image_url",
  });
  expect([server.of("submit").length, state()]).toEqual([0, undefined]);
});

const sound: Answer = bytes(Buffer.from("ID3 and then a sound"), { "content-type": "audio/mpeg" });

test("an address of any file is fetched before it is submitted, and need not give a picture", async () => {
  const { run, bodies, server } = await setUpWith({ file: [sound, bytes(png)] });
  const url = `${server.url}/voice.mp3`;
  await run({ body: () => ({ audio_url: { kind: "media", url, content: "any" } }) });
  expect(bodies()).toEqual([{ audio_url: url }]);
  expect(server.received[0]).toMatchObject({ method: "GET", url: "/voice.mp3" });
});

test("of a file of any kind only the beginning is read", async () => {
  const endless: Answer = (response) => {
    response.writeHead(200, { "content-type": "video/mp4" });
    response.write(Buffer.alloc(4096, "v"));
  };
  const { run, server } = await setUp({ file: [endless, bytes(png)] });
  await run({ body: () => ({ video_url: { kind: "media", url: `${server.url}/long.mp4`, content: "any" } }) });
  expect(server.of("submit")).toHaveLength(1);
});

test.each<[string, Answer]>([
  ["is not there", json({}, 404)],
  ["is a web page", html],
  ["is a web page that does not say so", bytes(Buffer.from("\n<!DOCTYPE html><title>Log in</title>"))],
  ["gives nothing", bytes(Buffer.alloc(0))],
])("an address of any file that %s is refused before anything is paid", async (_name, file) => {
  const { run, server, state } = await setUp({ file: [file] });
  const url = `${server.url}/voice.mp3`;
  expect(await failure(run({ body: () => ({ audio_url: { kind: "media", url, content: "any" } }) }))).toMatchObject({
    code: "remote.media-url",
    ending: "rejected",
    input: "audio_url",
  });
  expect([server.of("submit").length, state()]).toEqual([0, undefined]);
});

test.each([
  "http://example.com/a.png",
  "ftp://example.com/a.png",
  "https://user:secret@example.com/a.png",
  "https://localhost/a.png",
  "https://127.0.0.1/a.png",
  "https://[::1]/a.png",
  "https://192.168.0.7/a.png",
  "https://intranet/a.png",
  "file:///etc/passwd",
  "a.png",
])("%s is refused without any network", async (url) => {
  const { run } = await setUp({}, { baseUrl: "https://runcomfy.invalid" });
  const error = await failure(run({ body: () => ({ image_url: { kind: "media", url } }) }));
  expect(error).toMatchObject({ code: "remote.media-url", input: "image_url" });
  expect(error.message).not.toContain("secret");
});
