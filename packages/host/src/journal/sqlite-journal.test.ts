import { chmod, readFile, readdir, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { jobJournalConformance } from "@inlay/runcomfy/testing";
import type { JournalUnderTest } from "@inlay/runcomfy/testing";
import type { JobJournal } from "@inlay/runcomfy";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { idleProcess } from "../../test/support/children.ts";
import { expectCode } from "../../test/support/expect-code.ts";
import { smallDisk } from "../../test/support/small-disk.ts";
import { tempFolder } from "../../test/support/temp-workspace.ts";
import { processOwner } from "../process-owner.ts";
import { openJournalDatabase } from "./journal-database.ts";
import { sqliteJournal } from "./sqlite-journal.ts";
import type { SqliteJournal } from "./sqlite-journal.ts";

const job = { key: "a".repeat(64), provider: "runcomfy:https://example.test", account: "a1", model: "owner/model" };

/** The owners are real processes, so that one can really be killed. */
async function makeJournal(): Promise<JournalUnderTest> {
  const file = join(await tempFolder(), "journal.sqlite");
  const owners = new Map<JobJournal, { kill(): Promise<void> }>();
  const journals: SqliteJournal[] = [];
  return {
    async open() {
      const child = await idleProcess();
      const journal = await sqliteJournal({ file, owner: processOwner(child.pid) });
      owners.set(journal, child);
      journals.push(journal);
      return journal;
    },
    async kill(journal) {
      await owners.get(journal)?.kill();
    },
    async close() {
      for (const journal of journals) await journal.close();
    },
  };
}

describe("the SQLite journal", () => {
  for (const { name, run } of jobJournalConformance(makeJournal)) test(name, run);
});

describe("the journal's file", () => {
  test("is for its owner only, and so are the files beside it", async () => {
    const folder = await tempFolder();
    const journal = await sqliteJournal({ file: join(folder, "journal.sqlite") });
    await journal.claim(job);
    for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toContain("journal.sqlite-wal");
    await journal.close();
  });

  test("that others could read is closed to them", async () => {
    const file = join(await tempFolder(), "journal.sqlite");
    await writeFile(file, "");
    await chmod(file, 0o644);
    await (await sqliteJournal({ file })).close();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test("keeps records when it is opened again, and two may have it open in one process", async () => {
    const file = join(await tempFolder(), "journal.sqlite");
    const [one, two] = await Promise.all([sqliteJournal({ file }), sqliteJournal({ file })]);
    const { record } = await one.claim(job);
    expect(await two.get(job.key)).toEqual(record);
    await two.close();
    await one.move(record, { state: "submitted", requestId: "r1" });
    await one.close();
    const again = await sqliteJournal({ file });
    expect(await again.list()).toMatchObject([{ key: job.key, state: "submitted", requestId: "r1" }]);
    await again.close();
  });

  test("waits for the disk at each statement: an intent is there before the submit", async () => {
    const db = await openJournalDatabase(join(await tempFolder(), "journal.sqlite"));
    const [full] = (await sql<{ synchronous: number }>`PRAGMA synchronous`.execute(db)).rows;
    const [wal] = (await sql<{ journal_mode: string }>`PRAGMA journal_mode`.execute(db)).rows;
    expect([full?.synchronous, wal?.journal_mode]).toEqual([2, "wal"]);
    await db.destroy();
  });

  test("that is damaged, a link or in no folder is an error before anything is claimed", async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, "damaged"), "not a database ".repeat(500));
    const { message } = await expectCode(sqliteJournal({ file: join(folder, "damaged") }), "journal.unwritable");
    expect(message).toContain("the file is damaged");
    await symlink(join(folder, "elsewhere"), join(folder, "link"));
    await expectCode(sqliteJournal({ file: join(folder, "link") }), "journal.unwritable");
    await expectCode(sqliteJournal({ file: join(folder, "no", "journal") }), "journal.unwritable");
    expect(await readFile(join(folder, "damaged"), "utf8")).toContain("not a database");
  });

  test("on a full disk refuses the claim", async ({ skip }) => {
    const disk = smallDisk() ?? skip("needs the right to mount a small disk");
    const journal = await sqliteJournal({ file: join(disk.dir, "journal.sqlite") });
    await writeFile(join(disk.dir, "filler"), Buffer.alloc(2 ** 20)).catch(() => undefined);
    const claims = (async () => {
      for (let i = 0; i < 2000; i++) await journal.claim({ ...job, key: `${i}`.padStart(64, "0") });
    })();
    const { message } = await expectCode(claims, "journal.unwritable");
    expect(message).toContain("the disk is full");
    await journal.close();
  });

  test("on a disk that may not be written to is an error", async ({ skip }) => {
    const disk = smallDisk() ?? skip("needs the right to mount a small disk");
    const file = join(disk.dir, "journal.sqlite");
    await writeFile(file, "");
    disk.makeReadOnly();
    await expectCode(sqliteJournal({ file }), "journal.unwritable");
    await expectCode(sqliteJournal({ file: join(disk.dir, "new.sqlite") }), "journal.unwritable");
  });
});
