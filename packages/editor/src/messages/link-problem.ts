import type { LinkProblem } from "../document/link-rules.ts";
import { t } from "./translate.ts";

/** Why a link may not be made, in words. */
export function linkProblemText(problem: LinkProblem): string {
  return problem.kind === "type"
    ? t("link.type", { expected: problem.expected, received: problem.received })
    : t(`link.${problem.kind}`);
}
