import { EngineError, type NodeContext } from "@inlay/engine";

/** What a loop runs each time. */
export interface LoopBody {
  readonly name: string;
  /** The sub-workflow wants to know which time it is. */
  readonly takesIndex: boolean;
}

/** The sub-workflow that a loop runs. Fails with `loop.body` when it lacks what goes in or comes out. */
export function loopBody(ctx: NodeContext, name: string, outputs: readonly string[]): LoopBody {
  const found = ctx.subWorkflow(name);
  const lacksInput = !found?.inputs.includes("value");
  const lacking = outputs.filter((output) => !found?.outputs.includes(output));
  if (!lacksInput && lacking.length === 0) return { name, takesIndex: found?.inputs.includes("index") ?? false };
  const list = (names: readonly string[]): string => names.map((each) => `\`${each}\``).join(", ") || "none";
  throw new EngineError({
    code: "loop.body",
    message: `The sub-workflow \`${name}\` cannot be repeated: it needs a named input \`value\` and the named outputs ${list(outputs)}.`,
    input: "workflow",
    expected: `input \`value\`, outputs ${list(outputs)}`,
    received: found ? `inputs ${list(found.inputs)}; outputs ${list(found.outputs)}` : "no such sub-workflow",
    suggestion: "Name them in the sub-workflow.",
  });
}
