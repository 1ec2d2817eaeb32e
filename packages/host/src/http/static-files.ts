import { extname } from "node:path";
import { EngineError } from "@inlay/engine";
import type { MiddlewareHandler } from "hono";
import { openInside } from "../confine.ts";
import type { HttpEnvironment } from "./environment.ts";
import { httpError } from "./http-error.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".txt": "text/plain; charset=utf-8",
};

const noEditor = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Inlay</title>
<p>Inlay is running, without its editor, which has not been built. Programs find the API at <a href="/api/openapi.json">/api/openapi.json</a>.</p></html>
`;

/**
 * Serves the built editor from its folder and nothing around it. What the bundler has named by content is cached for
 * ever. Without a folder, `/` says that there is no editor.
 */
export function staticFiles(dir: string | undefined): MiddlewareHandler<HttpEnvironment> {
  return async (c) => {
    const path = c.req.path === "/" ? "index.html" : decoded(c.req.path).slice(1);
    const bytes = dir === undefined ? undefined : await read(dir, path);
    if (bytes === undefined && path === "index.html") return c.html(noEditor);
    if (bytes === undefined) {
      throw httpError("request.not-found", "Nothing is served at this address.", { received: c.req.path });
    }
    c.header("Cache-Control", path.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache");
    c.header("Content-Type", types[extname(path).toLowerCase()] ?? "application/octet-stream");
    return c.body(new Uint8Array(bytes));
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw httpError("request.invalid", "The address cannot be decoded.");
  }
}

async function read(dir: string, path: string): Promise<Uint8Array | undefined> {
  try {
    const { handle } = await openInside(dir, path);
    try {
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}
