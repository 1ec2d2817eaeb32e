import type { NodeOutputs, ResultCache } from "../cache/result-cache.ts";
import type { RemoteService, RunServices, Signal } from "../host.ts";
import type { PictureCodec } from "../node/pack.ts";
import type { NodeDefinition } from "../node/define-node.ts";
import { planKeys, type PlanKeys } from "../plan/cache-keys.ts";
import type { Plan } from "../plan/plan.ts";
import { arrangeWork, type Work } from "./arrange-work.ts";
import { addFingerprints } from "./ask-fingerprints.ts";
import { bringPinned } from "./pinned-values.ts";
import type { OpenValues } from "./gather-inputs.ts";
import { type FoundResults, lookForResults } from "./look-for-results.ts";
import { type Identities, openTexts } from "./resolve-references.ts";
import type { CheckpointView } from "./run-checkpoints.ts";

/** A plan whose every input is known, or a part of one. */
export interface StagePlan {
  readonly plan: Plan;
  readonly openValues: OpenValues;
  /** By node, what has been made before. */
  readonly held: readonly (NodeOutputs | undefined)[];
  readonly definitions: readonly NodeDefinition[];
  /** What fingerprints were answered, by node: each node is asked once. */
  readonly fingerprints: Map<number, string>;
  /** By node, 1 for those that run although their results may be cached. */
  readonly again?: Uint8Array;
  /** What pixels among the open values are in keys. */
  readonly identities?: Identities;
}

/** What is needed to make a plan ready. */
export interface StageTools {
  readonly services: RunServices;
  /** The services that have been opened, by name. */
  readonly remotes: Map<string, RemoteService>;
  readonly cache: ResultCache;
  /** The run's. */
  readonly id: string;
  readonly signal: Signal;
  sha256(text: string): string;
  /** The keys of each plan's last run, so that the next one hashes only what has changed. */
  readonly keysOf?: WeakMap<Plan, PlanKeys>;
  /** What reads and writes pictures in files, of the first pack that can. */
  readonly pictures: () => Promise<PictureCodec | undefined>;
  /** What an earlier attempt of this very run has made. */
  readonly checkpoints?: CheckpointView | undefined;
}

/** A plan that is ready to be executed. */
export interface PreparedStage {
  readonly keys: readonly string[];
  readonly openTexts: ReadonlyMap<number, string>;
  readonly found: FoundResults;
  readonly work: Work;
}

/** Keys what the results depend on, which takes the services that they come from; looks what is cached; arranges the rest. */
export async function prepareStage(stage: StagePlan, tools: StageTools): Promise<PreparedStage> {
  const { plan, openValues, held, identities, again } = stage;
  const { services, remotes, cache, sha256, keysOf, signal } = tools;
  if (plan.open.length > 0) await openRemotes(plan, services, remotes);
  const inputTexts = openTexts(
    plan,
    (node) => openValues.get(node)!,
    (service) => remotes.get(service)?.scope,
    identities,
  );
  const texts = await addFingerprints(inputTexts, { ...stage, ...tools });
  const planned = planKeys(plan, texts, sha256, keysOf?.get(plan));
  keysOf?.set(plan, planned);
  signal.throwIfAborted();
  const { keys } = planned;
  const looked = lookForResults(plan, keys, cache, { held, again, checkpoints: tools.checkpoints });
  const found = looked instanceof Promise ? await looked : looked;
  if (found.pinned.length > 0)
    await bringPinned(plan, found, openValues, { files: services.files, pictures: await tools.pictures(), signal });
  return {
    keys,
    found,
    work: arrangeWork(plan, keys, found),
    openTexts: new Map(plan.open.map((node, place) => [node, texts[place]!])),
  };
}

/** Opens the services that a plan's nodes call. Fails with `secret.missing` before any network. */
export async function openRemotes(
  plan: Plan,
  services: RunServices,
  remotes: Map<string, RemoteService>,
): Promise<void> {
  for (const index of plan.open) {
    const { service } = plan.nodes[index]!.description;
    if (service !== undefined && !remotes.has(service)) remotes.set(service, await services.remote(service));
  }
}
