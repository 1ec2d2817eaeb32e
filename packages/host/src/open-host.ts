import { access } from "node:fs/promises";
import { join } from "node:path";
import type { EngineHost, ErrorData, FileRef, RunServices, SpillStore } from "@inlay/engine";
import { fileArtifacts } from "./artifacts.ts";
import type { FileArtifactStore } from "./artifacts.ts";
import { workspaceFiles } from "./files.ts";
import { journalError } from "./journal/journal-error.ts";
import type { SqliteJournal } from "./journal/sqlite-journal.ts";
import { jobDesk } from "./jobs/job-desk.ts";
import type { JobDesk } from "./jobs/job-desk.ts";
import { lazy } from "./lazy.ts";
import { nodeHost } from "./node-host.ts";
import { checkOutFolder } from "./output-folder.ts";
import type { Environment, SandboxAccess, ServiceName } from "./remote.ts";
import { diskResultCache } from "./result-cache/disk-result-cache.ts";
import type { DiskResultCache } from "./result-cache/disk-result-cache.ts";
import { seedSource } from "./seeds.ts";
import { serviceChoice } from "./service-choice.ts";
import type { ServiceChoice } from "./service-choice.ts";
import { fileSpillStore } from "./spill-store.ts";
import { cacheBytesOf, readUserConfig } from "./user-config.ts";
import { makeStateFolder, openWorkspace } from "./workspace.ts";
import type { Workspace } from "./workspace.ts";

export interface HostOptions {
  /** A folder; paths in workflow files are relative to it. */
  readonly workspace: string;
  /** Where results go, relative to the current folder; default: `outputs` in the workspace. */
  readonly outDir?: string;
  /** Tokens, addresses and secrets come from here and from nowhere else; default `process.env`. */
  readonly env?: Environment;
  /** A local stand-in for the paid service; a function starts it when the first plan needs it. */
  readonly sandbox?: SandboxAccess | (() => Promise<SandboxAccess>);
  /** Where paid jobs may go, the default first. Default: only to the sandbox where there is one, else only to RunComfy. */
  readonly paidServices?: readonly ServiceName[];
  /**
   * Bytes of results and artifacts on disk, 0 keeps no results; default: what `INLAY_CACHE_SIZE` or the person's
   * configuration says, else 5 GB.
   */
  readonly cacheBytes?: number;
  /** Whether results are kept on disk for later processes; default true. */
  readonly keepResults?: boolean;
  /** Told about what does not end a run, such as a disk that is too full to keep results. */
  readonly onWarning?: (problem: ErrorData) => void;
}

/** Everything that Node lends an engine for one workspace. */
export interface Host {
  readonly host: EngineHost;
  readonly workspace: Workspace;
  /** For any number of runs, also at once; their paid jobs go to the default service. */
  readonly services: RunServices;
  /** The same for runs whose paid jobs go to this service. */
  servicesOf(name: ServiceName): RunServices;
  /** Goes beneath the engine's memory cache; undefined when nothing is to be kept. */
  readonly cache: DiskResultCache | undefined;
  readonly artifacts: FileArtifactStore;
  /** Takes pixels that do not fit into memory. */
  readonly spill: SpillStore;
  /** Takes in a file that the caller named, from anywhere on the machine. Never give it a path from a workflow. */
  importCallerFile(path: string): Promise<FileRef>;
  /** Fails with `file.unwritable` when results could not be written; makes nothing. For before a run, which may be paid. */
  checkOutFolder(): Promise<void>;
  /** The journal of paid jobs, opened when first asked for. Fails with `journal.unwritable`. */
  journal(): Promise<SqliteJournal>;
  /** Whether this workspace has ever had a journal; asking makes none. */
  hasJournal(): Promise<boolean>;
  /** What a person can do about the workspace's paid jobs. */
  readonly jobs: JobDesk;
  /** Where paid jobs may go. */
  readonly paid: ServiceChoice;
  /** Variables such as tokens. */
  readonly env: Environment;
  /** Finishes what is being written and closes files and connections. */
  close(): Promise<void>;
}

/**
 * Opens a workspace for an engine. Nothing is written, and no database, client or connection opened, until it is needed;
 * hosts share nothing, so any number of them may be open at once.
 *
 * @example
 * const { host, services, cache, close } = await openHost({ workspace: "examples/remove-spoon" });
 */
export async function openHost(options: HostOptions): Promise<Host> {
  const { outDir, env = process.env, sandbox, keepResults = true, onWarning } = options;
  const workspace = await openWorkspace({ dir: options.workspace, ...(outDir === undefined ? {} : { outDir }) });
  const maxBytes = options.cacheBytes ?? cacheBytesOf(env, await readUserConfig(env));
  const disk = await diskResultCache({ workspace, maxBytes, ...(onWarning && { onWarning }) });
  const artifacts = fileArtifacts(workspace, disk.stored);
  const spill = fileSpillStore(workspace);
  const files = workspaceFiles(workspace, artifacts);
  const journal = lazy(() => openJournal(workspace));
  const { paidServices = [sandbox ? "sandbox" : "runcomfy"] } = options;
  const paid = serviceChoice(paidServices, { workspace, env, journal: journal.get, ...(sandbox && { sandbox }) });
  const hasJournal = (): Promise<boolean> =>
    access(journalFile(workspace)).then(
      () => true,
      () => false,
    );
  const secret = (name: string): string | undefined => env[name] || undefined;
  const nextSeed = seedSource(workspace);
  const servicesOf = (name: ServiceName): RunServices => ({
    resolveFile: files.resolveFile,
    resolveAsset: files.resolveAsset,
    nextSeed,
    files: files.access,
    artifacts,
    secret,
    remote: async (service) => paid.of(name).remote(service),
  });

  return {
    host: nodeHost(),
    workspace,
    cache: keepResults && maxBytes > 0 ? disk : undefined,
    artifacts,
    spill,
    services: servicesOf(paidServices[0]!),
    servicesOf,
    importCallerFile: files.importCallerFile,
    checkOutFolder: () => checkOutFolder(workspace.outDir),
    journal: journal.get,
    hasJournal,
    jobs: jobDesk({
      journal: async () => ((await hasJournal()) ? journal.get() : undefined),
      collect: paid.collect,
    }),
    paid,
    env,
    async close() {
      await Promise.all([files.close(), disk.idle(), paid.close()]);
      await artifacts.close();
      await spill.close();
      await (await journal.made())?.close();
    },
  };
}

/** SQLite takes a tenth of a second to load, which only runs with paid jobs should wait for. */
async function openJournal(workspace: Workspace): Promise<SqliteJournal> {
  const file = journalFile(workspace);
  const [{ sqliteJournal }] = await Promise.all([
    import("./journal/sqlite-journal.ts"),
    makeStateFolder(workspace).catch((error: unknown) => {
      throw journalError(file, error);
    }),
  ]);
  return sqliteJournal({ file });
}

function journalFile({ stateDir }: Workspace): string {
  return join(stateDir, "journal.sqlite");
}
