export { memoryJournal } from "./memory-journal.ts";
export type { MemoryJobStore } from "./memory-journal.ts";
export { jobJournalConformance } from "./journal-conformance.ts";
export type { ConformanceCase, JournalUnderTest } from "./journal-conformance.ts";
export { publisherConformance } from "./publisher-conformance.ts";
export type { PublisherUnderTest } from "./publisher-conformance.ts";
