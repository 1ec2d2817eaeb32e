import { EngineError } from "../errors.ts";
import type { RunServices, Signal } from "../host.ts";
import type { Plan } from "../plan/plan.ts";
import { readPinnedNode } from "../run/pinned-values.ts";
import type { ResolvedReferences } from "../run/resolve-references.ts";
import type { PreviewTools } from "./preview-plan.ts";
import type { Workshop } from "./work-out.ts";

/** What a workshop is opened with. */
export interface WorkshopParts {
  readonly plan: Plan;
  readonly signal: Signal;
  readonly services: RunServices;
  readonly references: ResolvedReferences;
  readonly again: Uint8Array | undefined;
  readonly tools: PreviewTools;
}

/** A place to find values out in, where nothing can be written, submitted or told. */
export function openWorkshop({ plan, signal, services, references, again, tools }: WorkshopParts): Workshop {
  const { host, cache, definitions, slots } = tools;
  const { files, artifacts } = services;
  return {
    cache,
    definitions,
    again,
    known: new Map(),
    readPinned: async (node, { openValues }) => {
      const reader = { files, pictures: await tools.pictures(), signal };
      return readPinnedNode(plan, plan.nodes[node]!, openValues.get(node), reader);
    },
    environment: {
      signal,
      services: {
        ...services,
        files: { read: files.read.bind(files), list: files.list.bind(files), write: refuse },
        artifacts: { put: refuse, get: artifacts.get.bind(artifacts), has: artifacts.has.bind(artifacts) },
        secret: () => undefined,
        remote: refuse,
      },
      orderedAgain: undefined,
      slots,
      remotes: new Map(),
      purchases: { costUsd: undefined, allow: refuse },
      info: {
        id: "preview",
        workflow: plan.workflow.name ?? "workflow",
        inputs: references.inputs,
        seeds: {},
        workflowText: refuse,
      },
      subWorkflows: plan.workflow.workflows,
      now: () => host.now(),
      yieldNow: () => host.yieldNow(),
      setTimer: (callback, ms) => host.setTimer(callback, ms),
      createAbort: () => host.createAbort(),
      emit: undefined,
      onOutputs: undefined,
    },
  };
}

function refuse(): never {
  throw new EngineError({ code: "node.internal", message: "Nothing is written or submitted before the run." });
}
