import { createHash, randomInt, randomUUID } from "node:crypto";
import { withoutQuery } from "./fetch-input.ts";
import type { Job } from "./job.ts";
import { MODEL_ID, type InpaintRequest } from "./model.ts";
import type { CheckedInput } from "./validate-input.ts";

/** What `seed: 0` means. The API does not say it. */
export type SeedZero = "fixed" | "random";

/** A new job in the queue, for a checked input. A random seed is drawn now, so that the job stays the same after a restart. */
export function makeJob({ request, unknownFields }: CheckedInput, seedZero: SeedZero): Job {
  return {
    request_id: randomUUID(),
    model: MODEL_ID,
    received_at: new Date().toISOString(),
    state: "in_queue",
    seed: request.seed === 0 && seedZero === "random" ? randomInt(1, 2 ** 32) : request.seed,
    parameters: shownParameters(request),
    unknown_fields: unknownFields,
  };
}

/** The parameters as the ledger shows them: without image data, and without what may be secret in a URL. */
function shownParameters(request: InpaintRequest): Record<string, unknown> {
  return { ...request, image_url: shownUrl(request.image_url), mask_image_url: shownUrl(request.mask_image_url) };
}

function shownUrl(url: string): string {
  if (!/^data:/i.test(url)) return withoutQuery(url);
  const sha256 = createHash("sha256").update(url).digest("hex");
  return `${withoutQuery(url)} (${url.length} characters, sha256 ${sha256})`;
}
