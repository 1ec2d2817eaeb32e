import type { WriteRequest } from "@inlay/engine";
import type { Context } from "hono";
import { fileError } from "../file-error.ts";
import { writableParts } from "../file-names.ts";
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
 * Keeps a request's body as an artifact, in pieces as it comes, and looks what it is. Of what is refused nothing stays: name
 * and folder are looked at before the body, and the body while it is a temporary file.
 *
 * Fails with `request.too-large`, `image.*` for what is no picture or has too many pixels, `file.bad-name`,
 * `file.outside-workspace`, `disk.full`.
 */
export async function takeUpload(
  c: Context<HttpEnvironment>,
  { runtime: { host, pictures }, thumbnails, bodies }: Pick<ServerParts, "runtime" | "thumbnails" | "bodies">,
  { name, folder }: { readonly name: string; readonly folder?: string },
): Promise<Upload> {
  if (/[/\\]/.test(name))
    throw fileError("file.bad-name", { path: name, message: `\`${name}\` is a path, not a name.` });
  if (folder !== undefined) writableParts(`${folder}/${name}`);
  const length = Number(c.req.header("content-length") ?? 0);
  if (length > bodies.upload) throw bodyTooLarge(length, bodies.upload);
  const { dir } = host.workspace;
  const seen: { bytes?: Uint8Array; picture?: Omit<Upload, "sha256" | "size" | "name"> } = {};
  const { sha256, size } = await host.artifacts.putStream(limitedBody(c.env.incoming, bodies.upload), {
    mime: "application/octet-stream",
    async check(bytes) {
      const { width, height } = await pictures.measure(bytes, name);
      const mime = sniffType(bytes) ?? "application/octet-stream";
      const path = folder === undefined ? undefined : `${folder}/${calledAs(mime, name)}`;
      seen.bytes = bytes;
      seen.picture = {
        mime,
        width,
        height,
        ...(path !== undefined && { path: await writeInto(dir, { path, bytes, mime }) }),
      };
    },
  });
  const { bytes, picture } = seen as Required<typeof seen>;
  // Whoever brings a picture shows it next.
  const prepared = thumbnails.prepare({ name: sha256, read: async () => bytes, sha256: () => sha256 });
  if (picture.path !== undefined) thumbnails.alsoAs((await lookAtVisible(dir, picture.path)).name, sha256);
  await prepared;
  return { sha256, size, name, ...picture };
}

/** Where in the workspace the file lies, under this name or one with a number. */
async function writeInto(dir: string, file: Omit<WriteRequest, "onExists">): Promise<string> {
  const written = await outputWriter(dir)({ ...file, onExists: "number" });
  return written.path.slice(dir.length + 1).replaceAll("\\", "/");
}
