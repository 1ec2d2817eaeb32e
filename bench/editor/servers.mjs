import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { build } from "vite";
import { pictures } from "./graph.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Serves Inlay's editor as `inlay serve` does, with the nodes and pictures of the comparison. */
export async function serveInlay() {
  const dir = mkdtempSync(join(tmpdir(), "inlay-bench-"));
  mkdirSync(join(dir, "workflows"));
  for (const [index, color] of pictures.entries()) {
    const picture = sharp({ create: { width: 96, height: 72, channels: 3, background: color } });
    await picture.png().toFile(join(dir, `picture-${index}.png`));
  }
  const command = fileURLToPath(new URL("../../packages/cli/bin/inlay.js", import.meta.url));
  const args = [command, "serve", "--workspace", dir, "--port", "0", "--pack", join(here, "nodes.mjs")];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"], cwd: dir });
  const address = await new Promise((resolve, reject) => {
    child.stdout.once("data", (data) => resolve(String(data).trim()));
    child.once("exit", (code) => reject(new Error(`The server ended with ${code}.`)));
  });
  const stop = async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill();
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
  return { address, stop };
}

const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

/** Builds the page of the other editors and serves it. */
export async function servePeers() {
  const outDir = mkdtempSync(join(tmpdir(), "inlay-bench-peers-"));
  await build({
    root: join(here, "peers"),
    configFile: false,
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"' },
    build: { outDir, emptyOutDir: true, target: "es2023", chunkSizeWarningLimit: 5000 },
  });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    const file = join(outDir, pathname === "/" ? "index.html" : pathname);
    try {
      const bytes = readFileSync(file);
      response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(outDir, { recursive: true, force: true });
  };
  return { address: `http://127.0.0.1:${server.address().port}`, stop };
}
