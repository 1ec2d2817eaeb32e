import { EngineError, pictureProblem, type ImageValue, type MaskValue, type NodeDefinition } from "@inlay/engine";
import { copyValues, sameSamples } from "./copy-values.ts";
import { watchStrayErrors } from "./stray-errors.ts";

type Context = Parameters<NodeDefinition["run"]>[1];

/** How long a cancelled node may take to say what became of what it had started elsewhere. */
const graceMs = 10_000;

/**
 * A third party's node as the engine gets it: whatever its code does, other nodes and the caches are safe.
 *
 * It works on copies of its inputs, and what it answers is copied, so that a change of either reaches nobody; pictures are
 * looked at for samples that do not go with their size. When a cancelled node has not ended after ten seconds, it is no
 * longer waited for. What it throws outside of its run makes it fail, when `guardProcess` is on.
 */
export function guardDefinition(definition: NodeDefinition, file: string): NodeDefinition {
  const { description, needs, validate } = definition;
  const { type } = description;
  return {
    ...definition,
    ...(needs && { needs: (inputs) => needs(copyValues(inputs)) }),
    ...(validate && { validate: (inputs, later) => validate(copyValues(inputs), later) }),
    async run(inputs, ctx) {
      const own = copyValues(inputs);
      const answer = await ended(
        watchStrayErrors({ type, file }, () => definition.run(own, ctx)),
        ctx,
      );
      if (!sameSamples(inputs, own)) {
        ctx.log("warning", `${type} wrote to its inputs, which are read-only; it was given copies. Tell its author.`);
      }
      const outputs = copyValues(answer);
      checkPictures(type, outputs);
      return outputs;
    },
  };
}

/** The work, or the end of waiting for it. */
function ended(work: Promise<unknown>, { signal }: Context): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const giveUp = (): void => {
      timer = setTimeout(() => reject(signal.reason as Error), graceMs);
    };
    const stop = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", giveUp);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener("abort", giveUp, { once: true });
    void work.then(resolve, reject).finally(stop);
  });
}

function checkPictures(type: string, outputs: unknown): void {
  const open: [string, unknown][] = typeof outputs === "object" && outputs !== null ? Object.entries(outputs) : [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [name, value] = next;
    if (Array.isArray(value)) for (const item of value as unknown[]) open.push([name, item]);
    const problem = isPicture(value) ? pictureProblem(value) : undefined;
    if (problem) throw unfit(type, name, problem);
  }
}

function isPicture(value: unknown): value is ImageValue | MaskValue {
  return (
    typeof value === "object" && value !== null && "kind" in value && (value.kind === "image" || value.kind === "mask")
  );
}

function unfit(type: string, output: string, problem: { readonly expected: string; readonly received: string }): Error {
  const { expected, received } = problem;
  return new EngineError({
    code: "node.output",
    message: `${type} answered with a picture \`${output}\` whose parts do not go together: expected ${expected}, received ${received}.`,
    nodeType: type,
    expected,
    received,
    suggestion: "This is a fault of the node; tell its author.",
  });
}
