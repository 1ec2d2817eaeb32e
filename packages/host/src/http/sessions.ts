import type { Kysely } from "kysely";
import type { ServerTables } from "../runs/tables.ts";

/** The cookies that are valid, by the hashes of their secrets; they outlive the process. */
export interface SessionStore {
  add(hash: string, client: string): Promise<void>;
  find(hash: string): Promise<string | undefined>;
  remove(hash: string): Promise<void>;
}

/** How long a cookie lasts. */
export const sessionSeconds = 30 * 24 * 3600;

/** Sessions as rows. Those found once are remembered, so that most requests ask no database. */
export function sqlSessions(db: Kysely<ServerTables>): SessionStore {
  const known = new Map<string, { readonly client: string; readonly expires: number }>();
  return {
    async add(hash, client) {
      const now = Date.now();
      const expires = now + sessionSeconds * 1000;
      await db.deleteFrom("sessions").where("expires_at", "<", now).execute();
      await db.insertInto("sessions").values({ hash, client, expires_at: expires }).execute();
      known.set(hash, { client, expires });
    },
    async find(hash) {
      const found = known.get(hash) ?? (await findRow(db, hash));
      if (found === undefined || found.expires < Date.now()) return undefined;
      known.set(hash, found);
      return found.client;
    },
    async remove(hash) {
      known.delete(hash);
      await db.deleteFrom("sessions").where("hash", "=", hash).execute();
    },
  };
}

async function findRow(db: Kysely<ServerTables>, hash: string) {
  const row = await db.selectFrom("sessions").selectAll().where("hash", "=", hash).executeTakeFirst();
  return row && { client: row.client, expires: row.expires_at };
}
