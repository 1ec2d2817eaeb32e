import { metadataLevels } from "@inlay/engine";
import * as z from "zod/mini";

const problem = z.looseObject({ code: z.string(), message: z.string(), suggestion: z.optional(z.string()) });

const runParts = {
  id: z.string(),
  status: z.enum(["queued", "running", "cancelling", "succeeded", "failed", "cancelled", "interrupted"]),
  workflow: z.object({ name: z.string(), sha256: z.string(), file: z.optional(z.string()) }),
  priority: z.optional(z.number()),
  /** Of a run that waits: 1 is the next. */
  place: z.optional(z.number()),
  inputs: z.record(z.string(), z.any()),
  targets: z.optional(z.array(z.string())),
  from: z.optional(z.array(z.string())),
  service: z.optional(z.enum(["runcomfy", "sandbox"])),
  maxPaid: z.optional(z.number()),
  budgetUsd: z.optional(z.number()),
  failFast: z.optional(z.boolean()),
  metadata: z.optional(z.enum(metadataLevels)),
  seeds: z.record(z.string(), z.number()),
  created: z.string(),
  started: z.optional(z.string()),
  finished: z.optional(z.string()),
  ms: z.optional(z.number()),
  counts: z.optional(z.object({ executed: z.number(), cached: z.number(), paid: z.number() })),
  costUsd: z.optional(z.number()),
  files: z.array(z.object({ node: z.string(), path: z.optional(z.string()), sha256: z.string(), mime: z.string() })),
  error: z.optional(problem),
};

const pastRun = z.object(runParts);
/** A run of the workspace, as its history tells it. */
export type PastRun = z.infer<typeof pastRun>;

/** A page of runs, the newest first; `next` asks for those before them. */
export const runList = z.object({ runs: z.array(pastRun), next: z.optional(z.string()) });

const runNode = z.object({
  node: z.string(),
  status: z.enum(["running", "succeeded", "cached", "pinned", "failed", "skipped"]),
  ms: z.optional(z.number()),
  from: z.optional(z.enum(["memory", "disk", "run"])),
  remote: z.optional(z.looseObject({ state: z.string(), requestId: z.optional(z.string()) })),
  costUsd: z.optional(z.number()),
  error: z.optional(problem),
  outputs: z.optional(z.record(z.string(), z.any())),
});
/** What a node did in a run. */
export type RunNode = z.infer<typeof runNode>;

/** A run with its nodes. */
export const runDetail = z.object({ ...runParts, nodes: z.array(runNode) });
export type RunDetail = z.infer<typeof runDetail>;

/** Which runs: by status (several with commas), by the workflow's file, by words in names and inputs. */
export interface RunFilter {
  readonly status?: string | undefined;
  readonly file?: string | undefined;
  readonly text?: string | undefined;
}
