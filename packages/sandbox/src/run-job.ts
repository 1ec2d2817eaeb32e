import { fetchInput } from "./fetch-input.ts";
import { inpaint, outputSize, type SandboxProfile } from "./inpaint.ts";
import { JobFailure, type Job, type JobProgress } from "./job.ts";
import type { JobStore } from "./job-store.ts";
import { type InpaintRequest, type JobInput, MODEL_ID } from "./model.ts";
import { encodePicture, makeOutputName } from "./output.ts";
import { binarise, coverPicture, decodePicture, type Picture } from "./picture.ts";
import { describeFile, type Received } from "./received.ts";
import { type OutputFile, runAnyModel } from "./run-any-model.ts";

export interface RunJobOptions {
  readonly store: JobStore;
  readonly profile: SandboxProfile;
  readonly fetchTimeoutMs: number;
  readonly signal: AbortSignal;
  readonly onLog: (message: string) => void;
}

/**
 * Does one job: fetches image and mask, inpaints, stores the output, and tells the final state.
 * Whatever goes wrong makes the job `failed`; rejects only when it was aborted.
 */
export async function runJob(job: Job, options: RunJobOptions): Promise<JobProgress> {
  const received: Received = {};
  try {
    const [output, ...more_outputs] = await produceOutputs(job, received, options);
    const more = more_outputs.length > 0 && { more_outputs };
    return { state: "completed", ...(output !== undefined && { output }), ...more, ...received };
  } catch (error) {
    options.signal.throwIfAborted();
    return { state: "failed", error: errorText(error, options), ...received };
  }
}

/** Makes the files of a job and keeps them. @returns their names */
async function produceOutputs(job: Job, received: Received, options: RunJobOptions): Promise<readonly string[]> {
  const { store } = options;
  if (job.doom !== undefined) throw new JobFailure(job.doom);
  const files =
    job.model === MODEL_ID
      ? [await inpaintedFile(job, received, options)]
      : await runAnyModel(job, await store.request<JobInput>(job.request_id), received, {
          ...options,
          saveMask: (bytes) => store.saveMask(job.request_id, bytes),
        });
  for (const { name, bytes } of files) await store.saveOutput(name, bytes);
  return files.map(({ name }) => name);
}

async function inpaintedFile(job: Job, received: Received, options: RunJobOptions): Promise<OutputFile> {
  const { store, profile, signal } = options;
  const request = await store.request<InpaintRequest>(job.request_id);
  const { image, mask } = await receiveInputs(job, request, received, options);
  const size = outputSize(request.image_size, image);
  const fitted = { image: await coverPicture(image, size), mask: await binarise(await coverPicture(mask, size)) };
  signal.throwIfAborted();
  const result = await inpaint(profile, { ...fitted, seed: job.seed, signal });
  const format = request.output_format;
  return { name: makeOutputName(format), bytes: await encodePicture(result, format) };
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

/** A failure that is not the submitter's doing is told to whoever runs the sandbox, and only named in the answer. */
function errorText(error: unknown, { onLog }: RunJobOptions): string {
  if (error instanceof JobFailure) return error.message;
  onLog(`internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return "internal error of the sandbox; its log says more";
}
