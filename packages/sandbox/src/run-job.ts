import { createHash } from "node:crypto";
import { fetchInput } from "./fetch-input.ts";
import { inpaint, outputSize, type SandboxProfile } from "./inpaint.ts";
import { JobFailure, type Job, type JobProgress, type ReceivedFile, type ReceivedMask } from "./job.ts";
import type { JobStore } from "./job-store.ts";
import type { InpaintRequest } from "./model.ts";
import { encodePicture, makeOutputName } from "./output.ts";
import { binarise, coverPicture, decodePicture, type Picture } from "./picture.ts";

export interface RunJobOptions {
  readonly store: JobStore;
  readonly profile: SandboxProfile;
  readonly fetchTimeoutMs: number;
  readonly signal: AbortSignal;
  readonly onLog: (message: string) => void;
}

/** What was received for a job; kept in the ledger even if the job fails later. */
interface Received {
  image?: ReceivedFile;
  mask?: ReceivedMask;
}

/**
 * Does one job: fetches image and mask, inpaints, stores the output, and tells the final state.
 * Whatever goes wrong makes the job `failed`; rejects only when it was aborted.
 */
export async function runJob(job: Job, options: RunJobOptions): Promise<JobProgress> {
  const received: Received = {};
  try {
    const output = await produceOutput(job, received, options);
    return { state: "completed", output, ...received };
  } catch (error) {
    options.signal.throwIfAborted();
    return { state: "failed", error: errorText(error, options), ...received };
  }
}

async function produceOutput(job: Job, received: Received, options: RunJobOptions): Promise<string> {
  const { store, profile, signal } = options;
  if (job.doom !== undefined) throw new JobFailure(job.doom);
  const request = await store.request(job.request_id);
  const { image, mask } = await receiveInputs(job, request, received, options);
  const size = outputSize(request.image_size, image);
  const fitted = { image: await coverPicture(image, size), mask: await binarise(await coverPicture(mask, size)) };
  signal.throwIfAborted();
  const result = await inpaint(profile, { ...fitted, seed: job.seed, signal });
  const name = makeOutputName(request.output_format);
  await store.saveOutput(name, await encodePicture(result, request.output_format));
  return name;
}

/** Fetches and decodes both inputs. A mask of another size is scaled to cover the image and cut in the middle, as the service does. */
async function receiveInputs(
  job: Job,
  request: InpaintRequest,
  received: Received,
  { store, signal, fetchTimeoutMs }: RunJobOptions,
): Promise<{ readonly image: Picture; readonly mask: Picture }> {
  const fetchOptions = { signal, timeoutMs: fetchTimeoutMs };
  const imageFile = await fetchInput(request.image_url, { ...fetchOptions, name: "image_url" });
  const image = await decodePicture(imageFile, "image_url");
  received.image = describeFile(imageFile, image);
  const maskFile = await fetchInput(request.mask_image_url, { ...fetchOptions, name: "mask_image_url" });
  const mask = await decodePicture(maskFile, "mask_image_url");
  received.mask = { ...describeFile(maskFile, mask), white_pixels: (await binarise(mask)).white };
  await store.saveMask(job.request_id, maskFile);
  return { image, mask: await coverPicture(mask, image) };
}

function describeFile(file: Uint8Array, { width, height }: Picture): ReceivedFile {
  return { sha256: createHash("sha256").update(file).digest("hex"), bytes: file.length, width, height };
}

/** A failure that is not the submitter's doing is told to whoever runs the sandbox, and only named in the answer. */
function errorText(error: unknown, { onLog }: RunJobOptions): string {
  if (error instanceof JobFailure) return error.message;
  onLog(`internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return "internal error of the sandbox; its log says more";
}
