import type { EngineHost, ModelPrice, RemoteService } from "../host.ts";

/** What models cost, asked for once in a while and shared by all runs of an engine. */
export interface PriceBook {
  /** Undefined when the service does not say, or cannot be asked. Never rejects. */
  ask(service: RemoteService, model: string): Promise<ModelPrice | undefined>;
  /** The price that is known without asking. */
  known(service: RemoteService, model: string): ModelPrice | undefined;
}

/** A price is asked for again after ten minutes. */
const validMs = 600_000;
/** A service that takes longer does not say. */
const patienceMs = 10_000;

interface Entry {
  readonly askedAt: number;
  readonly answer: Promise<ModelPrice | undefined>;
  price?: ModelPrice;
}

export function createPriceBook(host: Pick<EngineHost, "now" | "setTimer">): PriceBook {
  const entries = new Map<string, Entry>();
  const keyOf = ({ scope }: RemoteService, model: string): string => `${scope}\n${model}`;

  const fresh = (key: string): Entry | undefined => {
    const entry = entries.get(key);
    return entry && host.now() - entry.askedAt < validMs ? entry : undefined;
  };

  return {
    known: (service, model) => fresh(keyOf(service, model))?.price,
    ask(service, model) {
      const key = keyOf(service, model);
      const known = fresh(key);
      if (known) return known.answer;
      const answer = within(host, patienceMs, askService(service, model)).then((price) => {
        if (price) entry.price = price;
        // What could not be had is asked for again by whoever wants it next.
        else if (entries.get(key) === entry) entries.delete(key);
        return price;
      });
      const entry: Entry = { askedAt: host.now(), answer };
      entries.set(key, entry);
      return answer;
    },
  };
}

function within<T>(host: Pick<EngineHost, "setTimer">, ms: number, work: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = host.setTimer(() => resolve(undefined), ms);
    void work.then(resolve, reject).finally(stop);
  });
}

async function askService(service: RemoteService, model: string): Promise<ModelPrice | undefined> {
  try {
    const price = await service.price?.(model);
    return price && Number.isFinite(price.usd) && price.usd >= 0 ? price : undefined;
  } catch {
    return undefined;
  }
}

/** Units of which a job is one. */
const jobUnits = /^(?:per[ _-]?)?(?:job|request|run|call|generation|edit|image|picture|output)s?$/i;

/**
 * What one job costs in US dollars; undefined when that shows only afterwards, as with a price for each second. A model
 * that costs nothing costs nothing whatever is counted.
 */
export function jobPrice(price: ModelPrice | undefined): number | undefined {
  if (!price) return undefined;
  return price.usd === 0 || jobUnits.test(price.unit.trim()) ? price.usd : undefined;
}
