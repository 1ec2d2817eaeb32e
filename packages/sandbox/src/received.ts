import { createHash } from "node:crypto";
import type { ReceivedFile, ReceivedMask } from "./job.ts";
import type { Size } from "./picture.ts";

/** What was received for a job; kept in the ledger even if the job fails later. */
export interface Received {
  image?: ReceivedFile;
  mask?: ReceivedMask;
}

/** A file as the ledger shows it. */
export function describeFile(file: Uint8Array, { width, height }: Size): ReceivedFile {
  return { sha256: createHash("sha256").update(file).digest("hex"), bytes: file.length, width, height };
}
