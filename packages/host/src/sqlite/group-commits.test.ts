import { join } from "node:path";
import Database from "libsql";
import { expect, test } from "vitest";
import { tempFolder } from "../../test/support/temp-workspace.ts";
import { groupCommits } from "./group-commits.ts";

test("of work in one tick each piece is done whole or not at all, and one that throws undoes no other", async () => {
  const database = new Database(join(await tempFolder(), "a.sqlite"));
  database.exec("create table t (n integer primary key)");
  const whole = groupCommits(database);
  const add = (...numbers: readonly number[]) =>
    whole(() => {
      for (const n of numbers) database.prepare("insert into t values (?)").run(n);
      return numbers.length;
    });
  const results = await Promise.allSettled([add(1), add(2, 3), add(4, 1), add(5)]);
  expect(results.map((result) => (result.status === "fulfilled" ? result.value : "failed"))).toEqual([
    1,
    2,
    "failed",
    1,
  ]);
  expect(database.prepare("select n from t").all()).toEqual([1, 2, 3, 5].map((n) => ({ n })));
  database.close();
});
