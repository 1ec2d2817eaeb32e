import { fetchInput } from "./fetch-input.ts";
import { inpaint, type SandboxProfile } from "./inpaint.ts";
import type { Job } from "./job.ts";
import type { JobInput } from "./model.ts";
import { encodePicture, formatOf, makeOutputName } from "./output.ts";
import { binarise, coverPicture, decodePicture, type BinaryMask, type Picture } from "./picture.ts";
import { askedSize, plainPicture } from "./plain-picture.ts";
import { describeFile, type Received } from "./received.ts";
import { sentPictures, type SentMedium } from "./sent-media.ts";
import { stillVideo } from "./still-video.ts";

/** What a job of any model is done with. */
export interface AnyModelOptions {
  readonly profile: SandboxProfile;
  readonly fetchTimeoutMs: number;
  readonly signal: AbortSignal;
  saveMask(bytes: Uint8Array): Promise<void>;
}

/** A file of a job's output. */
export interface OutputFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The most pictures that one job gives. */
const MOST_OUTPUTS = 8;

/**
 * Does a job of a model of which nothing is known but its schema. All pictures that the input names are fetched, as the
 * service would. With a picture and a mask the masked part is filled; with pictures the first is given back, decoded
 * anew; without one there is a plain picture. A video shows that picture for a second.
 */
export async function runAnyModel(
  job: Job,
  input: JobInput,
  received: Received,
  options: AnyModelOptions,
): Promise<readonly OutputFile[]> {
  const { image, mask } = await receive(input, received, options);
  const files: OutputFile[] = [];
  for (let at = 0; at < numberOf(job, input); at++) {
    const picture = await make(job, input, { image, mask, at }, options);
    options.signal.throwIfAborted();
    files.push(await fileOf(job, input, picture));
  }
  return files;
}

interface ReceivedPictures {
  readonly image: Picture | undefined;
  readonly mask: Picture | undefined;
}

async function receive(input: JobInput, received: Received, options: AnyModelOptions): Promise<ReceivedPictures> {
  let image: Picture | undefined;
  let mask: Picture | undefined;
  for (const sent of sentPictures(input)) {
    const { file, picture } = await receiveOne(sent, options);
    if (sent.isMask && !mask) {
      mask = picture;
      received.mask = { ...describeFile(file, picture), white_pixels: (await binarise(picture)).white };
      await options.saveMask(file);
    } else if (!sent.isMask && !image) {
      image = picture;
      received.image = describeFile(file, picture);
    }
  }
  return { image, mask };
}

async function receiveOne({ url, path: name }: SentMedium, { signal, fetchTimeoutMs: timeoutMs }: AnyModelOptions) {
  const file = await fetchInput(url, { signal, timeoutMs, name });
  return { file, picture: await decodePicture(file, name) };
}

async function make(
  { seed }: Job,
  input: JobInput,
  { image, mask, at }: ReceivedPictures & { readonly at: number },
  { profile, signal }: AnyModelOptions,
): Promise<Picture> {
  if (!image) return plainPicture(askedSize(input), JSON.stringify([input, seed, at]));
  const area = mask ? await binarise(await coverPicture(mask, image)) : nothingOf(image);
  return inpaint(profile, { image, mask: area, seed: seed + at, signal });
}

function nothingOf({ width, height }: Picture): BinaryMask {
  return { width, height, data: new Uint8Array(width * height), white: 0 };
}

/** As many as the input asks for by one of the names that models use, when the model gives several. */
function numberOf({ gives }: Job, input: JobInput): number {
  if (gives !== "images" && gives !== "videos") return 1;
  const asked = ["num_images", "number_of_images", "max_images", "batch_size", "num_videos", "n"].map(
    (name) => input[name],
  );
  const number = asked.find((value) => typeof value === "number") ?? 1;
  return Math.min(MOST_OUTPUTS, Math.max(1, Math.floor(number)));
}

async function fileOf({ gives = "image" }: Job, input: JobInput, picture: Picture): Promise<OutputFile> {
  if (gives === "image" || gives === "images") {
    const format = formatOf(input["output_format"]);
    return { name: makeOutputName(format), bytes: await encodePicture(picture, format) };
  }
  const jpeg = await encodePicture(picture, "jpeg");
  return { name: makeOutputName("avi"), bytes: stillVideo(jpeg, picture) };
}
