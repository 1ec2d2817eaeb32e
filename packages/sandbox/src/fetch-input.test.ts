import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { ALIASED_URLS } from "./aliases.ts";
import { fetchInput, withoutQuery } from "./fetch-input.ts";
import { binarise, decodePicture } from "./picture.ts";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}

async function get(
  url: string,
  more: { timeoutMs?: number; maxBytes?: number; signal?: AbortSignal } = {},
): Promise<string> {
  const bytes = await fetchInput(url, {
    name: "image_url",
    signal: new AbortController().signal,
    timeoutMs: 5_000,
    ...more,
  });
  return bytes.toString("latin1");
}

describe("data URIs", () => {
  test.each([
    ["data:image/png;base64,aGk=", "hi"],
    ["data:,h%69", "hi"],
  ])("%s is decoded", async (uri, expected) => {
    expect(await get(uri)).toBe(expected);
  });

  test.each(["data:image/png;base64", "data:,%zz"])("%s is refused", async (uri) => {
    await expect(get(uri)).rejects.toThrow("image_url is a data URI");
  });

  test("that are too large are refused", async () => {
    await expect(get("data:,12345", { maxBytes: 4 })).rejects.toThrow("larger than 4 bytes");
  });
});

describe("the schema's sample URLs", () => {
  test("are answered from bundled pictures: a photograph, and a mask of its size", async () => {
    const [imageUrl = "", maskUrl = ""] = ALIASED_URLS;
    const options = { name: "x", signal: new AbortController().signal, timeoutMs: 1 };
    const image = await decodePicture(await fetchInput(imageUrl, options), "x");
    const mask = await binarise(await decodePicture(await fetchInput(maskUrl, options), "x"));
    expect([image.width, image.height, mask.width, mask.height]).toEqual([600, 400, 600, 400]);
    expect(mask.white / mask.data.length).toBeGreaterThan(0.15);
    expect(mask.data[113 * 600 + 290]).toBe(255);
    expect(mask.data[0]).toBe(0);
  });
});

describe("http URLs", () => {
  test("are really fetched", async () => {
    const base = await serve((_, response) => response.end("picture"));
    expect(await get(`${base}/a.png`)).toBe("picture");
  });

  test("are followed through three redirects and no more", async () => {
    const base = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end("there");
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    expect(await get(`${base}/3`)).toBe("there");
    await expect(get(`${base}/4`)).rejects.toThrow("redirected more than 3 times");
  });

  test("may not lead to another kind of URL", async () => {
    const base = await serve((_, response) => response.writeHead(302, { location: "file:///etc/hostname" }).end());
    await expect(get(base)).rejects.toThrow("must be an http(s) URL");
  });

  test("that answer an error are refused with its status, and without the query", async () => {
    const base = await serve((_, response) => response.writeHead(404).end());
    await expect(get(`${base}/a.png?signature=s3cret`)).rejects.toThrow(`${base}/a.png?… answered 404`);
  });

  test("that answer too much are given up, with and without a length", async () => {
    const base = await serve((request, response) => {
      if (request.url === "/declared") response.setHeader("content-length", 100);
      response.write("x".repeat(50));
      response.end("x".repeat(50));
    });
    for (const path of ["/declared", "/chunked"]) {
      await expect(get(base + path, { maxBytes: 60 })).rejects.toThrow("larger than 60 bytes");
    }
  });

  test("that answer too slowly are given up", async () => {
    const base = await serve((_, response) => void response.write("x"));
    await expect(get(base, { timeoutMs: 50 })).rejects.toThrow("no complete answer within 50 ms");
  });

  test("that nobody answers are told as such", async () => {
    const base = await serve((_, response) => response.end());
    servers.pop()?.close();
    await expect(get(base)).rejects.toThrow("ECONNREFUSED");
  });

  test("are let go of when the job is aborted", async () => {
    const abort = new AbortController();
    const base = await serve((_, response) => {
      response.write("x");
      abort.abort();
    });
    await expect(get(base, { signal: abort.signal })).rejects.toMatchObject({ name: "AbortError" });
  });
});

test.each(["file:///etc/hostname", "ftp://a.example/x", "not a url", ""])("%j is no input", async (url) => {
  await expect(get(url)).rejects.toThrow("must be an http(s) URL or a data URI");
});

test.each([
  ["https://user:pass@a.example/x.png?sig=1#f", "https://a.example/x.png?…"],
  ["https://a.example/x.png", "https://a.example/x.png"],
  ["data:image/png;base64,AAAA", "data:image/png;…"],
])("%s is shown as %s", (url, shown) => {
  expect(withoutQuery(url)).toBe(shown);
});
