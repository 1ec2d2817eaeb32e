import { EngineError } from "../errors.ts";
import type { RemoteService } from "../host.ts";
import { usd } from "./usd.ts";
import { jobPrice, type PriceBook } from "./price-book.ts";

/** What the person who pays has allowed a run. */
export interface PaymentLimits {
  /** Paid jobs that may be submitted. Default 10, or any number when there is a budget. */
  readonly maxPaid?: number;
  /** US dollars that may be spent. Default: no limit but that of the number of jobs. */
  readonly budgetUsd?: number;
}

/** Without a word from the person who pays. */
const defaultMaxPaid = 10;

/** How many paid jobs the limits let a run submit. */
export function mostPaid({ maxPaid, budgetUsd }: PaymentLimits): number {
  return maxPaid ?? (budgetUsd === undefined ? defaultMaxPaid : Number.POSITIVE_INFINITY);
}

/** A job that has been allowed. Its price is taken as spent until one of these is called, once. */
export interface Purchase {
  /** It was bought; without a cost its price stays. */
  paid(costUsd?: number): void;
  /** It certainly costs nothing: it was never submitted, or refused. */
  free(): void;
}

/** What one run buys: every job asks here before it is submitted, also those that nobody foresaw. */
export interface Purchases {
  /** What the run's jobs have cost, as far as the service said; undefined when it said nothing. */
  readonly costUsd: number | undefined;
  /**
   * Allows one more job, or fails with `money/confirm` or `money/budget`. What is in flight counts with its price, so
   * that jobs which are submitted at once do not overshoot together.
   */
  allow(service: RemoteService, model: string): Promise<Purchase>;
}

/** Sums of cents as binary fractions are off by less. */
const rounding = 1e-9;

/** Fails with `money/budget` for a budget that is no amount. */
export function createPurchases(limits: PaymentLimits, prices: PriceBook): Purchases {
  const { budgetUsd } = limits;
  if (budgetUsd !== undefined && !(budgetUsd >= 0 && Number.isFinite(budgetUsd))) throw noAmount(budgetUsd);
  return new RunPurchases(limits, prices);
}

class RunPurchases implements Purchases {
  readonly #limits: PaymentLimits;
  readonly #prices: PriceBook;
  readonly #most: number;
  /** The most that a job of each model has really cost: prices may say less. */
  readonly #dearest = new Map<string, number>();
  #jobs = 0;
  #spent = 0;
  #costUsd: number | undefined;
  #refusal: EngineError | undefined;

  constructor(limits: PaymentLimits, prices: PriceBook) {
    this.#limits = limits;
    this.#prices = prices;
    this.#most = mostPaid(limits);
  }

  get costUsd(): number | undefined {
    return this.#costUsd;
  }

  async allow(service: RemoteService, model: string): Promise<Purchase> {
    const cost = await this.#expectedCost(service, model);
    this.#check(model, cost);
    this.#jobs++;
    this.#spent += cost ?? 0;
    return {
      paid: (actual = cost === 0 ? 0 : undefined) => {
        if (actual === undefined) return;
        this.#spent += actual - (cost ?? 0);
        this.#costUsd = (this.#costUsd ?? 0) + actual;
        this.#dearest.set(model, Math.max(actual, this.#dearest.get(model) ?? 0));
      },
      free: () => {
        this.#jobs--;
        this.#spent -= cost ?? 0;
      },
    };
  }

  async #expectedCost(service: RemoteService, model: string): Promise<number | undefined> {
    const isAsked = this.#limits.budgetUsd !== undefined;
    const price = jobPrice(isAsked ? await this.#prices.ask(service, model) : this.#prices.known(service, model));
    const seen = this.#dearest.get(model);
    return price === undefined ? seen : Math.max(price, seen ?? 0);
  }

  #check(model: string, cost: number | undefined): void {
    const { maxPaid, budgetUsd } = this.#limits;
    if (this.#jobs >= this.#most) throw tooMany(this.#most);
    if (budgetUsd === undefined) return;
    // Nothing is bought after the first refusal, so that what a run buys does not depend on which job is cheapest.
    if (this.#refusal) throw this.#refusal;
    if (cost === undefined && maxPaid === undefined) throw unknownPrice(model, budgetUsd);
    if (this.#spent + (cost ?? 0) <= budgetUsd + rounding) return;
    this.#refusal = overBudget(budgetUsd, this.#spent, cost ?? 0);
    throw this.#refusal;
  }
}

function noAmount(budgetUsd: number): EngineError {
  return new EngineError({
    code: "money/budget",
    message: "The budget is not an amount of US dollars.",
    expected: "a number of at least 0",
    received: String(budgetUsd),
  });
}

function tooMany(most: number): EngineError {
  return new EngineError({
    code: "money/confirm",
    message: `The run has submitted ${most} paid ${most === 1 ? "job" : "jobs"}, as many as are allowed, and needs more; this one was not submitted.`,
    expected: `at most ${most} paid jobs`,
    received: `${most + 1}`,
    suggestion: "Allow more with --max-paid. What is finished is kept.",
  });
}

/** The refusal of a budget that nobody could keep to. */
export function unknownPrice(model: string, budgetUsd: number): EngineError {
  return new EngineError({
    code: "money/budget",
    message: `What a job of \`${model}\` costs is not known before it has run, so the budget of ${usd(budgetUsd)} cannot be kept; nothing was submitted.`,
    expected: "a price for each job",
    received: "none",
    suggestion:
      "Also give --max-paid N: then at most N jobs are submitted, and none once their costs have used up the budget.",
  });
}

function overBudget(budgetUsd: number, spent: number, cost: number): EngineError {
  return new EngineError({
    code: "money/budget",
    message: `The next job would bring the run to about ${usd(spent + cost)}, more than its budget of ${usd(budgetUsd)}; it was not submitted, nor is any after it.`,
    expected: `at most ${usd(budgetUsd)}`,
    received: `${usd(spent)} spent or in flight, and ${usd(cost)} for the next job`,
    suggestion: "Allow more with --budget. What is finished is kept, and is not paid again.",
  });
}
