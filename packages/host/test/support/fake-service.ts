import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A server that accepts every job of the Model API and answers with one picture. */
export interface FakeService {
  readonly url: string;
  /** The `Authorization` headers and bodies of the submits. */
  readonly submits: readonly { readonly authorization: string | undefined; readonly body: string }[];
  /** Jobs stay in the queue while it holds. */
  isBusy: boolean;
  /** Called for each question about a job's state. */
  onStatus: () => void;
  /** How often a job was to be cancelled. */
  cancels: number;
}

const onePixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** Starts a service on a port of its own. It ends with the test. */
export async function fakeService(): Promise<FakeService> {
  const submits: { authorization: string | undefined; body: string }[] = [];
  const service = { url: "", submits, isBusy: false, onStatus: () => {}, cancels: 0 };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://x");
    const answer = (body: unknown): void => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(body));
    };
    if (pathname.endsWith("/cancel")) {
      service.cancels++;
      answer({ outcome: "cancelled" });
    } else if (request.method === "POST") {
      void textOf(request).then((body) => {
        submits.push({ authorization: request.headers.authorization, body });
        answer({ request_id: `r${submits.length}` });
      });
    } else if (pathname.endsWith("/status")) {
      answer({ status: service.isBusy ? "in_queue" : "completed" });
      service.onStatus();
    } else if (pathname.endsWith("/result")) {
      const id = pathname.split("/").at(-2);
      answer({ request_id: id, status: "completed", output: { image: `http://${request.headers.host}/out.png` } });
    } else {
      response.setHeader("content-type", "image/png");
      response.end(onePixel);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  service.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return service;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const piece of request) text += String(piece);
  return text;
}
