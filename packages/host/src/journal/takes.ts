import type { Kysely } from "kysely";
import type { JournalTables } from "./journal-database.ts";

/**
 * Which job of one input is meant, when a person has ordered it more than once. The first is take 1 and is written
 * nowhere. Every method fails with `journal.unwritable` when the file cannot be read or written.
 */
export interface Takes {
  /** The take that an order has been given. */
  of(key: string, order: string): Promise<number | undefined>;
  /** The highest take that any order has been given; 1 when there is none. */
  highest(key: string): Promise<number>;
  /** Gives an order its take, once: resolves to the one that it has, which is on the disk. */
  give(key: string, order: string, take: number): Promise<number>;
}

/** The takes that a journal's file holds; `key` is the key of take 1. */
export function takesIn(db: Kysely<JournalTables>, guarded: <T>(work: () => Promise<T>) => Promise<T>): Takes {
  const of = async (key: string, order: string): Promise<number | undefined> => {
    const query = db.selectFrom("takes").select("take").where("key", "=", key).where("ordered_by", "=", order);
    return (await query.executeTakeFirst())?.take;
  };
  return {
    of: (key, order) => guarded(() => of(key, order)),
    highest: (key) =>
      guarded(async () => {
        const query = db
          .selectFrom("takes")
          .select(({ fn }) => fn.max("take").as("take"))
          .where("key", "=", key);
        return (await query.executeTakeFirst())?.take ?? 1;
      }),
    give: (key, order, take) =>
      guarded(async () => {
        const row = { key, ordered_by: order, take };
        await db
          .insertInto("takes")
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        return (await of(key, order)) ?? take;
      }),
  };
}
