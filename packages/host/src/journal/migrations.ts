import type { Kysely, Migration } from "kysely";

/** The journal's tables, oldest change first. A change that has been released is never edited. */
export const migrations: Readonly<Record<string, Migration>> = {
  "0001-jobs": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("jobs")
        .addColumn("key", "text", (column) => column.primaryKey().notNull())
        .addColumn("state", "text", (column) => column.notNull())
        .addColumn("attempt", "integer", (column) => column.notNull())
        .addColumn("owner", "text", (column) => column.notNull())
        .addColumn("provider", "text", (column) => column.notNull())
        .addColumn("account", "text", (column) => column.notNull())
        .addColumn("model", "text", (column) => column.notNull())
        .addColumn("request_id", "text")
        .addColumn("message", "text")
        .addColumn("created_at", "integer", (column) => column.notNull())
        .addColumn("updated_at", "integer", (column) => column.notNull())
        .execute();
    },
  },
  "0002-takes": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("takes")
        .addColumn("key", "text", (column) => column.notNull())
        .addColumn("ordered_by", "text", (column) => column.notNull())
        .addColumn("take", "integer", (column) => column.notNull())
        .addPrimaryKeyConstraint("takes_pk", ["key", "ordered_by"])
        .execute();
    },
  },
};
