import { EngineError } from "../errors.ts";
import type { RunServices } from "../host.ts";
import type { NodeDescription } from "../node/description.ts";

/** The secrets that a node's definition names. Fails with `secret.missing`. */
export function secretsOf({ secrets = [] }: NodeDescription, services: RunServices): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of secrets) {
    const secret = services.secret(name);
    if (secret === undefined)
      throw new EngineError({
        code: "secret.missing",
        message: `The secret ${name} is not set.`,
        suggestion: `Set ${name}.`,
      });
    found[name] = secret;
  }
  return found;
}
