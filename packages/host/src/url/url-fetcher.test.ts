import { isPrivateAddress } from "@inlay/runcomfy";
import { expect, onTestFinished, test } from "vitest";
import { expectCode } from "../../test/support/expect-code.ts";
import { certificate, namesTo, webServer } from "../../test/support/web-server.ts";
import { urlFetcher, type UrlRules } from "./url-fetcher.ts";

/** A fetcher that takes the test's server for a public one, whatever its name. */
function fetcherOf(rules: UrlRules = {}) {
  const names = namesTo({ "pictures.test": "127.0.0.1", "other.test": "127.0.0.1" });
  const fetcher = urlFetcher({
    isRefused: (address) => address !== "127.0.0.1",
    lookup: names,
    ca: certificate,
    ...rules,
  });
  onTestFinished(() => fetcher.close());
  return fetcher;
}

const bytes = Buffer.from("a picture");

test("the content of an https URL, with its query, comes whole; nothing of the person is sent", async () => {
  const headers: string[] = [];
  const { port, calls } = await webServer((request, response) => {
    headers.push(...Object.keys(request.headers));
    response.end(bytes);
  });
  const fetched = await fetcherOf().fetch(`https://pictures.test:${port}/cup.png?signature=abc`);
  expect(Buffer.from(fetched)).toEqual(bytes);
  expect(calls).toEqual([`GET pictures.test:${port} /cup.png?signature=abc`]);
  expect(headers.toSorted()).toEqual(["accept", "connection", "host", "user-agent"]);
});

test.each([
  "https://127.0.0.1/a.png",
  "https://10.0.0.1/a.png",
  "https://169.254.169.254/latest/meta-data",
  "https://100.64.0.1/a.png",
  "https://224.0.0.1/a.png",
  "https://[::1]/a.png",
  "https://[fe80::1]/a.png",
  "https://[fd00::1]/a.png",
  "https://[::ffff:127.0.0.1]/a.png",
  "https://[64:ff9b::7f00:1]/a.png",
  "https://2130706433/a.png",
  "https://0x7f.1/a.png",
  "https://017700000001/a.png",
])("an address that is not public is refused before anything is sent: %s", async (url) => {
  const fetcher = urlFetcher();
  onTestFinished(() => fetcher.close());
  expect(await expectCode(fetcher.fetch(url), "url.private")).not.toHaveProperty("cause");
});

test("a name that resolves to this machine is refused", async () => {
  const fetcher = urlFetcher();
  onTestFinished(() => fetcher.close());
  await expectCode(fetcher.fetch("https://localhost/a.png"), "url.private");
});

test("what is connected to is the address that was checked: a name is resolved once a connection", async () => {
  const { port } = await webServer((_request, response) => response.end(bytes));
  const answers = ["127.0.0.1", "10.0.0.1"];
  const asked: string[] = [];
  const lookup: UrlRules["lookup"] = (hostname, options, callback) => {
    asked.push(hostname);
    namesTo({ [hostname]: answers[asked.length - 1] ?? "10.0.0.1" })(hostname, options, callback);
  };
  await fetcherOf({ lookup }).fetch(`https://pictures.test:${port}/a.png`);
  expect(asked).toEqual(["pictures.test"]);
});

test("redirects are followed, and each one is checked", async () => {
  const { port, calls } = await webServer((request, response) => {
    const to: Record<string, string> = {
      "/start": "/second",
      "/second": `https://other.test:${port}/end`,
      "/to-address": "https://10.0.0.1/secret",
      "/to-metadata": "https://169.254.169.254/latest",
      "/to-mapped": "https://[::ffff:10.0.0.1]/secret",
    };
    const location = to[request.url ?? ""];
    if (location === undefined) return response.end(bytes);
    return response.writeHead(302, { location }).end();
  });
  const fetcher = fetcherOf();
  const at = (path: string) => fetcher.fetch(`https://pictures.test:${port}${path}`);
  expect(Buffer.from(await at("/start"))).toEqual(bytes);
  expect(calls.at(-1)).toBe(`GET other.test:${port} /end`);
  for (const path of ["/to-address", "/to-metadata", "/to-mapped"]) await expectCode(at(path), "url.private");
});

test("a redirect to a name that resolves to a private address is refused", async () => {
  const { port, calls } = await webServer((_request, response) =>
    response.writeHead(302, { location: `https://localhost:${port}/secret` }).end(),
  );
  const { lookupUnless } = await import("@inlay/runcomfy");
  const real = lookupUnless(isPrivateAddress);
  const known = namesTo({ "pictures.test": "127.0.0.1" });
  const lookup: UrlRules["lookup"] = (hostname, options, callback) =>
    (hostname === "pictures.test" ? known : real)(hostname, options, callback);
  await expectCode(fetcherOf({ lookup }).fetch(`https://pictures.test:${port}/a`), "url.private");
  expect(calls).toHaveLength(1);
});

test.each([
  ["to http", "http://other.test/a.png"],
  ["to a file", "file:///etc/hostname"],
  ["nowhere", "https://"],
])("a redirect %s is refused", async (_name, location) => {
  const { port } = await webServer((_request, response) => response.writeHead(301, { location }).end());
  await expectCode(fetcherOf().fetch(`https://pictures.test:${port}/a.png`), "url.redirect");
});

test("redirects in circles end", async () => {
  const { port, calls } = await webServer((_request, response) => response.writeHead(302, { location: "/" }).end());
  await expectCode(fetcherOf().fetch(`https://pictures.test:${port}/`), "url.redirect");
  expect(calls).toHaveLength(6);
});

test.each([403, 404, 500])("HTTP %i is told without the query, which may hold a signature", async (status) => {
  const { port } = await webServer((_request, response) => response.writeHead(status).end());
  const url = `https://pictures.test:${port}/a.png?signature=secret`;
  const data = await expectCode(fetcherOf().fetch(url), "url.status");
  expect(data.message).toContain(`HTTP ${status}`);
  expect(data.received).toBe(`https://pictures.test:${port}/a.png?…`);
  expect(JSON.stringify(data)).not.toContain("secret");
});

test.each([
  ["says so", { "content-length": "1000" }],
  ["does not say so", {}],
])("more bytes than allowed are refused, whether the server %s", async (_name, headers) => {
  const { port } = await webServer((_request, response) => response.writeHead(200, headers).end(Buffer.alloc(1000)));
  await expectCode(fetcherOf({ maxBytes: 999 }).fetch(`https://pictures.test:${port}/a.png`), "url.too-large");
  expect(await fetcherOf({ maxBytes: 1000 }).fetch(`https://pictures.test:${port}/a.png`)).toHaveLength(1000);
});

test("a content that breaks off is an error, not half a file", async () => {
  const { port } = await webServer((_request, response) => {
    response.writeHead(200, { "content-length": "1000" }).write(bytes);
    setTimeout(() => response.destroy(), 20);
  });
  await expectCode(fetcherOf().fetch(`https://pictures.test:${port}/a.png`), "url.unreachable");
});

test("a server that says nothing is given up", async () => {
  const { port } = await webServer(() => undefined);
  await expectCode(fetcherOf({ timeLimitMs: 100 }).fetch(`https://pictures.test:${port}/a.png`), "url.timeout");
});

test("a cancelled run stops waiting, with its own reason", async () => {
  const { port } = await webServer(() => undefined);
  const stop = new AbortController();
  const fetching = fetcherOf().fetch(`https://pictures.test:${port}/a.png`, stop.signal);
  stop.abort(new Error("cancelled by the test"));
  await expect(fetching).rejects.toThrow("cancelled by the test");
});

test.each([
  "http://pictures.test/a.png",
  "ftp://pictures.test/a.png",
  "https://user:password@pictures.test/a.png",
  "https://",
])("what is not an https URL without a user is refused: %s", async (url) => {
  const data = await expectCode(fetcherOf().fetch(url), "url.invalid");
  expect(JSON.stringify(data)).not.toContain("password");
});

test("an unknown host and a wrong certificate are told", async () => {
  const { port } = await webServer((_request, response) => response.end(bytes));
  const unknown = await expectCode(fetcherOf().fetch("https://nowhere.test/a.png"), "url.unreachable");
  expect(unknown.message).toContain("ENOTFOUND");
  const names = namesTo({ "wrong.test": "127.0.0.1" });
  await expectCode(fetcherOf({ lookup: names }).fetch(`https://wrong.test:${port}/a.png`), "url.unreachable");
});
