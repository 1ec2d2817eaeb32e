/** The states of a job, in the API's words. The last three are final. */
export type JobState = "in_queue" | "in_progress" | "completed" | "failed" | "cancelled";

/** What a model gives: one picture, several, one video, or several. */
export type ModelGives = "image" | "images" | "video" | "videos";

/** A file as the sandbox received it. */
export interface ReceivedFile {
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  /** Size of the picture in it, in pixels, EXIF orientation applied. */
  readonly width: number;
  readonly height: number;
}

/** A mask as the sandbox received it. */
export interface ReceivedMask extends ReceivedFile {
  /** How many of its pixels are white (128 or more after conversion to grey), i.e. to be repainted. */
  readonly white_pixels: number;
}

/** What is known of a job from the moment in which it is accepted: one line of the ledger's file. */
export interface AcceptedJob {
  readonly request_id: string;
  readonly model: string;
  /** ISO 8601, UTC. */
  readonly received_at: string;
  /** The checked input; data URIs are replaced by their type, size and hash, and queries of URLs are cut off. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Names of submitted fields that the model's schema does not know. */
  readonly unknown_fields: readonly string[];
}

/** What comes to be known of a job as it goes on. */
export interface JobProgress {
  readonly state: JobState;
  readonly started_at?: string;
  readonly finished_at?: string;
  /** Why it failed, for the person who submitted it. */
  readonly error?: string;
  readonly image?: ReceivedFile;
  readonly mask?: ReceivedMask;
  /** Name of the output's first file: random, so that its URL cannot be guessed. */
  readonly output?: string;
  /** Names of the files behind the first. */
  readonly more_outputs?: readonly string[];
}

/** One accepted job. */
export interface Job extends AcceptedJob, JobProgress {
  /** The seed that is used; differs from the submitted one only when 0 stands for a random one. */
  readonly seed: number;
  /** What its model gives; absent for one picture. */
  readonly gives?: ModelGives;
  /** Makes it fail with this text, as a fault wanted. */
  readonly doom?: string;
}

/** One entry of the ledger; `lost` = accepted, but the files of the job were removed since. */
export type LedgerEntry = AcceptedJob & Omit<JobProgress, "state"> & { readonly state: JobState | "lost" };

/** The names of a job's output files, in order. */
export function outputsOf({ output, more_outputs = [] }: JobProgress): readonly string[] {
  return output === undefined ? [] : [output, ...more_outputs];
}

/** Whether the job has come to its end. */
export function isFinal(state: JobState): boolean {
  return state === "completed" || state === "failed" || state === "cancelled";
}

/** The reason why a job fails that lies in what was submitted; its message is shown as the job's `error`. */
export class JobFailure extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "JobFailure";
  }
}
