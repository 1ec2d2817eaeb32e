import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ApiError } from "./api-error.ts";
import { readJsonBody } from "./read-body.ts";

let server: Server;
let url: string;

beforeEach(async () => {
  server = createServer((request, response) => {
    readJsonBody(request, 20).then(
      (body) => response.end(JSON.stringify(body)),
      (error: unknown) => response.end(error instanceof ApiError ? error.kind : "other"),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});

afterEach(() => server.close().closeAllConnections());

/** Sends the body in parts, without saying how long it is. */
async function post(...parts: readonly string[]): Promise<string> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
      controller.close();
    },
  });
  const response = await fetch(url, { method: "POST", body, duplex: "half", headers: { connection: "close" } });
  return response.text();
}

test("a body in parts is put together", async () => {
  expect(await post('{"a"', ":1}")).toBe('{"a":1}');
});

test("a body that turns out too large is refused", async () => {
  expect(await post('"123456789', '123456789012"')).toBe("bodyTooLarge");
});

test("bytes that are not UTF-8 are refused", async () => {
  const response = await fetch(url, {
    method: "POST",
    body: Uint8Array.of(0x22, 0xff, 0x22),
    headers: { connection: "close" },
  });
  expect(await response.text()).toBe("invalidBody");
});
