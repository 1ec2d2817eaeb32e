import type { Kysely, Migration } from "kysely";

/** The server's tables, oldest change first. A change that has been released is never edited. */
export const migrations: Readonly<Record<string, Migration>> = {
  "0001-sessions": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("sessions")
        .addColumn("hash", "text", (column) => column.primaryKey().notNull())
        .addColumn("client", "text", (column) => column.notNull())
        .addColumn("expires_at", "integer", (column) => column.notNull())
        .execute();
    },
  },
};
