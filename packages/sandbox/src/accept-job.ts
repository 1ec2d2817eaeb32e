import { createHash, randomInt, randomUUID } from "node:crypto";
import { withoutQuery } from "./fetch-input.ts";
import type { Job } from "./job.ts";
import { mapTexts } from "./sent-media.ts";
import type { ServedModel } from "./served-model.ts";
import type { CheckedInput } from "./validate-input.ts";

/** What `seed: 0` means. The API does not say it. */
export type SeedZero = "fixed" | "random";

/** A new job in the queue, for a checked input. A random seed is drawn now, so that the job stays the same after a restart. */
export function makeJob(
  { id, gives }: Pick<ServedModel, "id" | "gives">,
  { request, unknownFields }: CheckedInput<object>,
  seedZero: SeedZero,
): Job {
  const asked: unknown = Reflect.get(request, "seed");
  const seed = typeof asked === "number" && Number.isSafeInteger(asked) ? asked : 0;
  return {
    request_id: randomUUID(),
    model: id,
    received_at: new Date().toISOString(),
    state: "in_queue",
    seed: seed === 0 && seedZero === "random" ? randomInt(1, 2 ** 32) : seed,
    parameters: mapTexts(request, shownText) as Record<string, unknown>,
    unknown_fields: unknownFields,
    ...(gives !== "image" && { gives }),
  };
}

/** A text as the ledger shows it: without image data, and without what may be secret in a URL. */
function shownText(text: string): string {
  if (/^https?:\/\//i.test(text)) return withoutQuery(text);
  if (!/^data:/i.test(text)) return text;
  const sha256 = createHash("sha256").update(text).digest("hex");
  return `${withoutQuery(text)} (${text.length} characters, sha256 ${sha256})`;
}
