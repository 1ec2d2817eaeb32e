import { EngineError } from "../errors.ts";
import { usd } from "../money/usd.ts";

/** The refusal of more paid jobs than are allowed, with their price if it is known. What ran before counts. */
export function unconfirmedJobs(
  before: number,
  paid: number,
  maxPaid: number,
  estimateUsd?: number,
): EngineError | undefined {
  if (paid === 0 || before + paid <= maxPaid) return undefined;
  const jobs = `${paid} paid ${paid === 1 ? "job" : "jobs"}`;
  const price = estimateUsd === undefined ? "" : ` for about ${usd(estimateUsd)}`;
  const what = (before === 0 ? jobs : `${jobs} after ${before}`) + price;
  return new EngineError({
    code: "money/confirm",
    message: `The run would submit ${what}, more than the ${maxPaid} that are allowed; none of them was started.`,
    expected: `at most ${maxPaid} paid jobs`,
    received: `${before + paid}`,
    suggestion: `Allow them with --max-paid ${before + paid}.`,
  });
}
