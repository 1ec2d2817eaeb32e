import { EngineError } from "../errors.ts";
import type { Plan } from "../plan/plan.ts";
import { suggestName } from "../diagnostics/suggest.ts";
import type { CallerValue } from "./resolve-references.ts";

/** Fails with `named-input.unknown` when a caller gives an input that the workflow does not have. */
export function refuseUnknownInputs({ workflow }: Plan, given: Readonly<Record<string, CallerValue>>): void {
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(workflow.inputs, name)) continue;
    const names = Object.keys(workflow.inputs);
    const nearest = suggestName(name, names);
    throw new EngineError({
      code: "named-input.unknown",
      message: `The workflow has no named input \`${name}\`.`,
      input: name,
      expected: names.map((known) => `\`${known}\``).join(", ") || "no inputs",
      received: `\`${name}\``,
      ...(nearest !== undefined && { suggestion: `Did you mean \`${nearest}\`?` }),
    });
  }
}
