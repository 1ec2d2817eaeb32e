import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { syncFolder, writeDurably } from "./durable-file.ts";
import { isFinal, outputsOf, type AcceptedJob, type Job, type JobProgress, type LedgerEntry } from "./job.ts";
import { Ledger } from "./ledger.ts";

const FOLDERS = ["jobs", "requests", "masks", "outputs"] as const;

/**
 * The jobs of one sandbox, kept in a folder:
 *
 * - `ledger.jsonl` – one line for each accepted job
 * - `jobs/<id>.json` – the job's state, written at each transition
 * - `requests/<id>.json` – what it is asked to do; removed when it has come to its end
 * - `masks/<id>` – the mask's file as received
 * - `outputs/<name>` – the result
 *
 * Every write is durable before its promise resolves, and memory does not run ahead of the disk, but for jobs that
 * were given up because the disk failed.
 */
export class JobStore {
  readonly #dir: string;
  readonly #ledger: Ledger;
  readonly #jobs = new Map<string, Job>();
  #updates: Promise<unknown> = Promise.resolve();

  private constructor(dir: string, ledger: Ledger) {
    this.#dir = dir;
    this.#ledger = ledger;
  }

  /** Opens the folder, or makes it, and reads the jobs that the ledger lists. */
  static async open(dir: string): Promise<JobStore> {
    for (const folder of FOLDERS) await mkdir(join(dir, folder), { recursive: true, mode: 0o700 });
    await syncFolder(dir);
    const store = new JobStore(dir, await Ledger.open(join(dir, "ledger.jsonl")));
    try {
      await store.#load();
      await store.#sweep();
      return store;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  async #load(): Promise<void> {
    for (const { request_id: id } of this.#ledger.entries()) {
      const text = await readIfThere(this.#path("jobs", `${id}.json`));
      if (text !== undefined) this.#jobs.set(id, JSON.parse(text.toString("utf8")) as Job);
    }
  }

  /** Removes what a crash left: files of submissions that were never answered, outputs that no job names, temporary files. */
  async #sweep(): Promise<void> {
    const ids = this.#ledger.entries().map((entry) => entry.request_id);
    const kept: Record<(typeof FOLDERS)[number], readonly string[]> = {
      jobs: ids.map((id) => `${id}.json`),
      requests: this.unfinished().map((job) => `${job.request_id}.json`),
      masks: ids,
      outputs: [...this.#jobs.values()].flatMap(outputsOf),
    };
    for (const folder of FOLDERS) await removeOthers(join(this.#dir, folder), new Set(kept[folder]));
  }

  get(id: string): Job | undefined {
    return this.#jobs.get(id);
  }

  /** The jobs that have not come to their end, in the order in which they were accepted. */
  unfinished(): readonly Job[] {
    return [...this.#jobs.values()].filter((job) => !isFinal(job.state));
  }

  /** Accepts a job. The line in the ledger comes last: it is what makes the job accepted. */
  async accept(job: Job, request: object): Promise<void> {
    const { request_id: id } = job;
    try {
      await writeDurably(this.#path("requests", `${id}.json`), JSON.stringify(request));
      await writeDurably(this.#path("jobs", `${id}.json`), JSON.stringify(job));
      await this.#ledger.append(acceptedPart(job));
    } catch (error) {
      await this.#forget(id);
      throw error;
    }
    this.#jobs.set(id, job);
  }

  async #forget(id: string): Promise<void> {
    await rm(this.#path("requests", `${id}.json`), { force: true });
    await rm(this.#path("jobs", `${id}.json`), { force: true });
  }

  /** Takes a job to another state. Transitions are written one after the other. */
  update(id: string, progress: JobProgress): Promise<void> {
    const updated = this.#updates.then(() => this.#write(id, progress));
    this.#updates = updated.catch(() => undefined);
    return updated;
  }

  async #write(id: string, progress: JobProgress): Promise<void> {
    const job = this.#jobs.get(id);
    if (job === undefined) throw new Error(`no job ${id}`);
    const next = { ...job, ...progress };
    await writeDurably(this.#path("jobs", `${id}.json`), JSON.stringify(next));
    this.#jobs.set(id, next);
    if (isFinal(next.state)) await rm(this.#path("requests", `${id}.json`), { force: true });
  }

  /** Lets a job be over for this process though the disk cannot be told: it stays as the disk has it for the next start. */
  giveUp(id: string, error: string): void {
    const job = this.#jobs.get(id);
    if (job !== undefined && !isFinal(job.state)) this.#jobs.set(id, { ...job, state: "failed", error });
  }

  /** Resolved when all transitions asked for so far are written. */
  async settled(): Promise<void> {
    await this.#updates;
  }

  /** What an unfinished job is asked to do. */
  async request<T extends object>(id: string): Promise<T> {
    return JSON.parse(await readFile(this.#path("requests", `${id}.json`), "utf8")) as T;
  }

  async saveMask(id: string, bytes: Uint8Array): Promise<void> {
    await writeDurably(this.#path("masks", id), bytes);
  }

  /** The mask's file of a job that the store knows; undefined as long as it was not received. */
  async mask(id: string): Promise<Buffer | undefined> {
    return this.#jobs.has(id) ? readIfThere(this.#path("masks", id)) : undefined;
  }

  async saveOutput(name: string, bytes: Uint8Array): Promise<void> {
    await writeDurably(this.#path("outputs", name), bytes);
  }

  /** The output's file of that name. A name that no job has is never looked up on the disk. */
  async output(name: string): Promise<Buffer | undefined> {
    const known = [...this.#jobs.values()].some((job) => outputsOf(job).includes(name));
    return known ? readIfThere(this.#path("outputs", name)) : undefined;
  }

  /** All accepted jobs with what became of them, oldest first. */
  ledger(): LedgerEntry[] {
    return this.#ledger.entries().map((accepted) => entryOf(accepted, this.#jobs.get(accepted.request_id)));
  }

  async close(): Promise<void> {
    await this.settled();
    await this.#ledger.close();
  }

  #path(folder: (typeof FOLDERS)[number], name: string): string {
    return join(this.#dir, folder, name);
  }
}

function acceptedPart({ request_id, model, received_at, parameters, unknown_fields }: Job): AcceptedJob {
  return { request_id, model, received_at, parameters, unknown_fields };
}

function entryOf(accepted: AcceptedJob, job: Job | undefined): LedgerEntry {
  return job === undefined ? { ...accepted, state: "lost" } : { ...job, ...accepted };
}

async function removeOthers(folder: string, kept: ReadonlySet<string>): Promise<void> {
  const left = (await readdir(folder)).filter((name) => !kept.has(name));
  for (const name of left) await rm(join(folder, name), { force: true });
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
