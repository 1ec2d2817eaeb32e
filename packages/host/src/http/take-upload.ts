import type { Context } from "hono";
import { fileError } from "../file-error.ts";
import { outputWriter } from "../output-folder.ts";
import type { HttpEnvironment } from "./environment.ts";
import { bodyTooLarge, limitedBody } from "./limited-body.ts";
import type { ServerParts } from "./server-parts.ts";
import { sniffType } from "./sniff-type.ts";
import { lookAtVisible } from "./visible-file.ts";

/** A picture that was taken in. */
export interface Upload {
  readonly sha256: string;
  readonly size: number;
  readonly mime: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Where it lies in the workspace, when it was to lie in a folder there. */
  readonly path?: string;
}

/** More than any photograph; 128 megapixels of 16 bits without compression are a gigabyte, which nobody uploads. */
const mostBytes = 256 * 2 ** 20;

const endings: Readonly<Record<string, readonly string[]>> = {
  "image/png": [".png"],
  "image/jpeg": [".jpg", ".jpeg"],
  "image/webp": [".webp"],
  "image/gif": [".gif"],
  "image/avif": [".avif"],
  "image/tiff": [".tif", ".tiff"],
};

/** A file in the workspace is called what it is, so that no program opens a picture as something else. */
function calledAs(mime: string, name: string): string {
  const fitting = endings[mime] ?? [];
  const isFitting = fitting.length === 0 || fitting.some((ending) => name.toLowerCase().endsWith(ending));
  return isFitting ? name : `${name}${fitting[0]!}`;
}

/**
 * Keeps a request's body as an artifact, in pieces as it comes, and looks what it is. Fails with `request.too-large`,
 * `image.*` for what is no picture or has too many pixels, `file.bad-name`, `file.outside-workspace`, `disk.full`.
 */
export async function takeUpload(
  c: Context<HttpEnvironment>,
  { runtime: { host, pictures }, thumbnails }: Pick<ServerParts, "runtime" | "thumbnails">,
  { name, folder }: { readonly name: string; readonly folder?: string },
): Promise<Upload> {
  if (/[/\\]/.test(name))
    throw fileError("file.bad-name", { path: name, message: `\`${name}\` is a path, not a name.` });
  const length = Number(c.req.header("content-length") ?? 0);
  if (length > mostBytes) throw bodyTooLarge(length, mostBytes);
  const { sha256, size } = await host.artifacts.putStream(limitedBody(c.env.incoming, mostBytes), {
    mime: "application/octet-stream",
  });
  const bytes = await host.artifacts.get(sha256);
  const { width, height } = await pictures.measure(bytes, name);
  const mime = sniffType(bytes) ?? "application/octet-stream";
  const taken = { sha256, size, mime, name, width, height };
  // Whoever brings a picture shows it next.
  const prepared = thumbnails.prepare({ name: sha256, read: async () => bytes, sha256: () => sha256 });
  const path = folder === undefined ? undefined : await writeInto(folder);
  await prepared;
  return { ...taken, ...(path !== undefined && { path }) };

  async function writeInto(chosen: string): Promise<string> {
    const { dir } = host.workspace;
    const wanted = `${chosen}/${calledAs(mime, name)}`;
    const written = await outputWriter(dir)({ path: wanted, bytes, mime, onExists: "number" });
    const inside = written.path.slice(dir.length + 1).replaceAll("\\", "/");
    thumbnails.alsoAs((await lookAtVisible(dir, inside)).name, sha256);
    return inside;
  }
}
