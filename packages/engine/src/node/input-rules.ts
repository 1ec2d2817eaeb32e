import { errorData, EngineError } from "../errors.ts";
import type { Fix } from "../fix.ts";
import type { NodeContext } from "./context.ts";

/** What a node's `validate` found between its inputs. */
export interface InputFinding {
  /** Stable, such as `input.level-range`; `family.word` in lower case. */
  readonly code: `${string}.${string}`;
  /** A whole sentence for a person. */
  readonly message: string;
  /** Where to look first. */
  readonly input?: string;
  /** Default `error`, which keeps the node from running; a warning is only told. */
  readonly severity?: "error" | "warning";
  readonly expected?: string;
  readonly received?: string;
  /** What to do. */
  readonly suggestion?: string;
  /** What would mend it at one go. */
  readonly fix?: Fix;
}

/** The rules between a node's inputs: what is wrong with these, given which come only in the run. */
export type InputRules = (
  inputs: Readonly<Record<string, unknown>>,
  later: ReadonlySet<string>,
) => readonly InputFinding[] | Promise<readonly InputFinding[]>;

/** What the rules find. Rules that throw are at fault themselves: that is `node.validate`. */
export async function findInputProblems(
  type: string,
  rules: InputRules,
  inputs: Readonly<Record<string, unknown>>,
  later: ReadonlySet<string>,
): Promise<readonly InputFinding[]> {
  try {
    return listOf(await rules(inputs, later));
  } catch (error) {
    return [brokenRules(type, error)];
  }
}

/** Runs a node when its rules have nothing against the inputs, at once when they answer at once. */
export function runWithRules(
  type: string,
  rules: InputRules,
  node: { readonly inputs: Readonly<Record<string, unknown>>; readonly ctx: NodeContext; run(): unknown },
): unknown {
  const { inputs, ctx, run } = node;
  const proceed = (found: readonly InputFinding[]): unknown => {
    for (const { severity, message } of found) if (severity === "warning") ctx.log("warning", message);
    refuseInputs(found);
    return run();
  };
  let found: readonly InputFinding[];
  try {
    const answer = rules(inputs, nothingLater);
    if (answer instanceof Promise) return findInputProblems(type, () => answer, inputs, nothingLater).then(proceed);
    found = listOf(answer);
  } catch (error) {
    found = [brokenRules(type, error)];
  }
  return proceed(found);
}

/** Code that no compiler has seen may answer with anything. */
function listOf(answer: readonly InputFinding[]): readonly InputFinding[] {
  if (Array.isArray(answer)) return answer;
  throw new TypeError("validate() answers with a list of what is wrong, which may be empty.");
}

const nothingLater: ReadonlySet<string> = new Set();

/** Throws the first finding that is an error, with what tells whose inputs these are. */
export function refuseInputs(
  found: readonly InputFinding[],
  owner: { readonly node?: string; readonly nodeType?: string } = {},
): void {
  const first = found.find(({ severity }) => severity !== "warning");
  if (!first) return;
  const { severity: _, ...data } = first;
  throw new EngineError({ ...data, ...owner });
}

function brokenRules(type: string, error: unknown): InputFinding {
  return {
    code: "node.validate",
    message: `\`${type}\` could not check its inputs: ${errorData(error).message}`,
    suggestion:
      "This is a fault of the node, not of the workflow: tell its author, or use another version of its pack.",
  };
}
