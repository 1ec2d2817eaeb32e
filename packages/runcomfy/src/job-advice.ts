import { RunComfyError, type RemoteErrorCode } from "./errors.ts";

type Advice = (key: string) => string;

const anew: Advice = (key) =>
  `\`inlay jobs forget ${key}\` lets the next run submit a new job, which is billed if jobs cost money.`;

/** What the endings need that only a person can decide on: the journal holds the key until then. */
const ADVICE: { readonly [code in RemoteErrorCode]?: Advice } = {
  "remote.unknown": (key) =>
    `If you find the request at the service, \`inlay jobs attach ${key} REQUEST_ID\` lets the next run collect it. ` +
    `If not, \`inlay jobs resubmit ${key}\` lets the next run submit a new job; if the first one exists, that pays twice.`,
  "remote.lost": (key) => `Run it again to ask once more. If it is gone for good, ${anew(key)}`,
  "remote.expired": anew,
  "remote.output": (key) => `Check that the model makes images. ${anew(key)}`,
  "remote.file-size": (key) => `Ask for a smaller image. ${anew(key)}`,
};

/** The error with a suggestion that names the job's key, where there is something to decide about the job. */
export function withAdvice(error: RunComfyError, key: string): RunComfyError {
  const advice = ADVICE[error.code];
  if (!advice) return error;
  const { data, summary, cause } = error;
  return new RunComfyError({ ...data, suggestion: advice(key) }, { summary, cause });
}
