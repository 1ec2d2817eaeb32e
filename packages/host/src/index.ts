export { openHost } from "./open-host.ts";
export type { Host, HostOptions } from "./open-host.ts";
export type { Environment, SandboxAccess } from "./remote.ts";

export { makeStateFolder, openWorkspace, workspaceId } from "./workspace.ts";
export type { Workspace } from "./workspace.ts";
export { nodeHost } from "./node-host.ts";
export { replaceFile } from "./atomic-file.ts";
export { writeError } from "./file-error.ts";
export { diskResultCache } from "./result-cache/disk-result-cache.ts";
export type { DiskCacheOptions, DiskResultCache } from "./result-cache/disk-result-cache.ts";
export type { SqliteJournal } from "./journal/sqlite-journal.ts";
export { lazy } from "./lazy.ts";
export type { Lazy } from "./lazy.ts";
export { formatByteSize, parseByteSize } from "./byte-size.ts";
export { cacheBytesOf, configFolder, readUserConfig } from "./user-config.ts";
export type { UserConfig } from "./user-config.ts";
export { collectGarbage, totalSize } from "./storage/collect-garbage.ts";
export type { GarbageReport } from "./storage/collect-garbage.ts";
