import { EngineError, errorData } from "../errors.ts";
import type { RunServices, Signal } from "../host.ts";
import type { FingerprintContext } from "../node/context.ts";
import type { NodeDefinition } from "../node/define-node.ts";
import type { Plan, PlannedNode } from "../plan/plan.ts";
import { inputsBeforeRun } from "./check-rules.ts";
import type { OpenValues } from "./gather-inputs.ts";
import { secretsOf } from "./secrets-of.ts";

/** What fingerprints are asked with. */
export interface FingerprintRun {
  readonly plan: Plan;
  /** By index. */
  readonly definitions: readonly NodeDefinition[];
  readonly openValues: OpenValues;
  /** The run's. */
  readonly id: string;
  readonly signal: Signal;
  readonly services: RunServices;
  /** By node, what was answered: a node is asked once a run. */
  readonly fingerprints: Map<number, string>;
}

/**
 * Adds to the key texts of the open nodes what the outside is like for those with a fingerprint. A fingerprint that
 * fails makes the node's key one of this run alone, so that the node is made anew and tells by itself what is wrong.
 * Fails with `node.fingerprint` when it reads an input that only a link brings, or answers with no text.
 */
export function addFingerprints(
  texts: readonly string[],
  run: FingerprintRun,
): readonly string[] | Promise<readonly string[]> {
  const { plan, definitions, fingerprints } = run;
  if (!plan.open.some((node) => definitions[node]!.fingerprint)) return texts;
  const add = async (node: number, text: string): Promise<string> => {
    if (!definitions[node]!.fingerprint) return text;
    const found = fingerprints.get(node) ?? (await askNode(node, run));
    fingerprints.set(node, found);
    return `${text}\n${found}`;
  };
  return Promise.all(plan.open.map((node, place) => add(node, texts[place]!)));
}

async function askNode(node: number, run: FingerprintRun): Promise<string> {
  const { plan, definitions, openValues, id, signal, services } = run;
  const planned = plan.nodes[node]!;
  try {
    const inputs = refuseLater(planned, inputsBeforeRun(planned, openValues.get(node)));
    const answer: unknown = await definitions[node]!.fingerprint!(inputs, contextOf(planned, services, signal));
    if (typeof answer !== "string") throw wrongFingerprint(planned, `answered with ${typeof answer}, not with a text`);
    return `fingerprint ${JSON.stringify(answer)}`;
  } catch (error) {
    signal.throwIfAborted();
    if (errorData(error).code === "node.fingerprint") throw error;
    return `no fingerprint in ${id}`;
  }
}

function contextOf({ description }: PlannedNode, services: RunServices, signal: Signal): FingerprintContext {
  const { files, artifacts } = services;
  return {
    signal,
    files,
    artifacts,
    get secrets() {
      return secretsOf(description, services);
    },
  };
}

/** The known inputs; to read one that comes later is an error that says what to do. */
function refuseLater(
  planned: PlannedNode,
  { inputs, later }: ReturnType<typeof inputsBeforeRun>,
): Readonly<Record<string, unknown>> {
  for (const input of later) {
    Object.defineProperty(inputs, input, {
      get() {
        throw linkedInput(planned, input);
      },
    });
  }
  return inputs;
}

function linkedInput({ id, description: { type } }: PlannedNode, input: string): EngineError {
  return new EngineError({
    code: "node.fingerprint",
    message: `\`${input}\` of \`${id}\` cannot be linked: whether the result of \`${type}\` still holds is asked with it before the run starts.`,
    node: id,
    nodeType: type,
    input,
    expected: "a literal or a named input",
    received: "a link",
    suggestion: "Write the value into the node, or let it be a named input.",
  });
}

function wrongFingerprint({ id, description: { type } }: PlannedNode, what: string): EngineError {
  return new EngineError({
    code: "node.fingerprint",
    message: `The fingerprint of \`${type}\` ${what}.`,
    node: id,
    nodeType: type,
    suggestion: "This is a fault of the node, not of the workflow: tell its author.",
  });
}
