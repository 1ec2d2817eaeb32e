import type { Clock } from "./clock.ts";
import type { ModelInfo } from "./model-info.ts";

/** What the service asks for a model. */
export interface ModelPrice {
  /** US dollars for one unit. */
  readonly usd: number;
  /** What is counted, in the service's own words, such as `per request`. */
  readonly unit: string;
  /** What else it says, for people. */
  readonly note?: string;
}

/** The prices that a client has asked for. */
export interface PriceList {
  /** Undefined when the service does not say it, or cannot be asked now. Never rejects. */
  price(model: string): Promise<ModelPrice | undefined>;
  /** Gives up what is still being asked. */
  close(): void;
}

/** A price is asked for again after ten minutes. */
const VALID = 10 * 60_000;
/** Models that are remembered; the ones that were asked for first are forgotten. */
const MOST = 100;

/** Makes the list of prices: each is asked for once in ten minutes, whoever wants it, and a failure is no answer. */
export function createPriceList(
  ask: (model: string, signal: AbortSignal) => Promise<ModelInfo>,
  clock: Clock,
): PriceList {
  const stop = new AbortController();
  const known = new Map<string, { readonly until: number; readonly price: Promise<ModelPrice | undefined> }>();
  return {
    price(model) {
      const entry = known.get(model);
      if (entry && clock.now() < entry.until) return entry.price;
      const price = ask(model, stop.signal).then(priceOf, () => {
        known.delete(model);
        return undefined;
      });
      known.delete(model);
      known.set(model, { until: clock.now() + VALID, price });
      const [oldest] = known.keys();
      if (known.size > MOST && oldest !== undefined) known.delete(oldest);
      return price;
    },
    close: () => stop.abort(),
  };
}

function priceOf({ basePriceUsd: usd, priceUnit: unit = "", pricingNote: note }: ModelInfo): ModelPrice | undefined {
  if (usd === undefined || !Number.isFinite(usd) || usd < 0) return undefined;
  return { usd, unit, ...(note === undefined || note === "" ? {} : { note }) };
}
