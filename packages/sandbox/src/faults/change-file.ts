import type { ServerResponse } from "node:http";
import type { Reply } from "../reply.ts";
import { loadSharp } from "../sharp.ts";
import type { Fault } from "./fault.ts";

/** A fault of a file that has an end. */
type FileFault = Extract<Fault, { fault: "file" | "content-type" | "resized" }>;

/** The first bytes of an MP4, which is all that a type is told by. */
const VIDEO = Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "latin1");

/** Another file in the place of an output. */
export async function changeFile(fault: FileFault, reply: Reply): Promise<Reply> {
  if (fault.fault === "content-type") return { ...reply, headers: { "content-type": fault.type } };
  if (fault.fault === "resized") {
    const sharp = loadSharp();
    const { width, height } = fault;
    const body = await sharp(Buffer.from(reply.body)).resize({ width, height, fit: "fill" }).png().toBuffer();
    return { ...reply, body };
  }
  if (fault.kind === "video") return { ...reply, body: VIDEO };
  return { ...reply, body: fault.kind === "text" ? "This is no picture." : "" };
}

const FIVE_GB = 5 * 1000 ** 3;
const BLOCK = Buffer.alloc(256 * 1024);

/** Zeros without end: `huge` says that it will be 5 GB, `endless` says nothing. Ends when nobody reads on. */
export function pourZeros(response: ServerResponse, kind: "huge" | "endless"): void {
  const length = kind === "huge" ? { "content-length": FIVE_GB } : {};
  response.writeHead(200, { "content-type": "image/png", ...length });
  let left = kind === "huge" ? Math.floor(FIVE_GB / BLOCK.length) : Number.POSITIVE_INFINITY;
  const pour = (): void => {
    while (!response.destroyed && left-- > 0) if (!response.write(BLOCK)) return;
  };
  response.on("drain", pour);
  pour();
}
