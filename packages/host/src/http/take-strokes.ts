import { hash } from "node:crypto";
import type { Context } from "hono";
import { outputWriter } from "../output-folder.ts";
import type { RunRuntime } from "../runs/runtime.ts";
import type { HttpEnvironment } from "./environment.ts";
import { httpError } from "./http-error.ts";
import { limitedBody } from "./limited-body.ts";

/** A list of strokes that lies beside the workflows. */
export interface KeptStrokes {
  readonly sha256: string;
  readonly size: number;
  /** In the workspace. */
  readonly path: string;
}

/** As much as a node reads, unpacked; packed lists are far below. */
const mostBytes = 64 * 2 ** 20;

/** Writes a request's body, gzip, into `inputs/masks/`. Fails with `request.type`, `request.too-large` and what writing says. */
export async function takeStrokes(
  c: Context<HttpEnvironment>,
  { host }: RunRuntime,
  name: string,
): Promise<KeptStrokes> {
  const pieces: Buffer[] = [];
  for await (const piece of limitedBody(c.env.incoming, mostBytes)) pieces.push(piece);
  const bytes = new Uint8Array(Buffer.concat(pieces));
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b)
    throw httpError("request.type", "Strokes are kept as gzip.", { expected: "application/gzip" });
  const wanted = `inputs/masks/${name}-${hash("sha256", bytes).slice(0, 8)}.json.gz`;
  const write = outputWriter(host.workspace.dir);
  const written = await write({ path: wanted, bytes, mime: "application/gzip", onExists: "number" });
  const { sha256, size } = await host.artifacts.put(bytes, { mime: "application/gzip" });
  return { sha256, size, path: written.path.slice(host.workspace.dir.length + 1).replaceAll("\\", "/") };
}
