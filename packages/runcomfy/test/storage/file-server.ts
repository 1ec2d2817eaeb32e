import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { refusePresigned, type Account } from "./verify-presigned.ts";

/** A storage on loopback that takes files by PUT and gives them by GET and HEAD. */
export interface FileServer {
  readonly url: string;
  /** The paths that were put, one for each PUT that was taken. */
  readonly uploads: readonly string[];
  /** The bytes of a file that was put. */
  file(path: string): Uint8Array;
  /** Answers everything from now on with 403. */
  refuse(): void;
  close(): Promise<void>;
}

/** Says why a request is not allowed, such as `SignatureDoesNotMatch`. */
type Guard = (request: {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly authorization?: string | undefined;
}) => string | undefined;

/** A storage that checks every request's signature as S3 does, with a verifier of the tests' own. */
export function startS3(account: Account, now: () => Date = () => new Date()): Promise<FileServer> {
  return startFileServer((request) => refusePresigned(request, account, now()));
}

/** A storage that takes files from who has the header, and gives them to anybody. */
export function startWebServer(authorization: string): Promise<FileServer> {
  return startFileServer((request) =>
    request.method === "PUT" && request.authorization !== authorization ? "AccessDenied" : undefined,
  );
}

async function startFileServer(guard: Guard): Promise<FileServer> {
  const files = new Map<string, { readonly bytes: Buffer; readonly type: string }>();
  const uploads: string[] = [];
  let refusing = false;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "", url = "", headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = url.split("?")[0]!;
    const { host = "", authorization } = headers;
    const refusal = refusing ? "AccessDenied" : guard({ method, host, path: url, authorization });
    if (refusal !== undefined) {
      response.writeHead(403, { "content-type": "application/xml" });
      // As S3 does, it says back what was signed, and careless servers more than that.
      return void response.end(
        `<Error><Code>${refusal}</Code><Message>You sent ${authorization ?? "nothing"}</Message><Resource>${url}</Resource></Error>`,
      );
    }
    if (method === "PUT") {
      uploads.push(path);
      files.set(path, { bytes: Buffer.concat(chunks), type: headers["content-type"] ?? "" });
      return void response.writeHead(200).end();
    }
    const file = files.get(path);
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": file.type, "content-length": String(file.bytes.length) });
    response.end(method === "HEAD" ? undefined : file.bytes);
  };

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    uploads,
    file: (path) => files.get(path)?.bytes ?? new Uint8Array(),
    refuse: () => (refusing = true),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
