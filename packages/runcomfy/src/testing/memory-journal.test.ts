import { describe, test } from "vitest";
import type { JobJournal } from "../journal.ts";
import { jobJournalConformance, type JournalUnderTest } from "./journal-conformance.ts";
import { memoryJournal, type MemoryJobStore } from "./memory-journal.ts";

let owners = 0;

async function makeJournal(): Promise<JournalUnderTest> {
  const store: MemoryJobStore = { records: new Map(), dead: new Set() };
  const opened = new Map<JobJournal, string>();
  return {
    async open() {
      const owner = `process-${++owners}`;
      const journal = memoryJournal(store, owner);
      opened.set(journal, owner);
      return journal;
    },
    async kill(journal) {
      store.dead.add(opened.get(journal) ?? "");
    },
    async close() {},
  };
}

describe("the memory journal", () => {
  for (const { name, run } of jobJournalConformance(makeJournal)) test(name, run);
});
