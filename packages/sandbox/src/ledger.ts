import { open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "./durable-file.ts";
import type { AcceptedJob } from "./job.ts";

const NEWLINE = 0x0a;

/**
 * The list of accepted jobs: a file of JSON lines that only grows. A line is on the disk before the submission is
 * answered, so it is the ledger that decides whether a job was accepted.
 */
export class Ledger {
  readonly #file: FileHandle;
  readonly #entries: AcceptedJob[];
  #size: number;
  #writes: Promise<unknown> = Promise.resolve();

  private constructor(file: FileHandle, entries: AcceptedJob[], size: number) {
    this.#file = file;
    this.#entries = entries;
    this.#size = size;
  }

  /** Opens the ledger's file or makes it. A last line without an end, left by a crash, was never answered: it is cut off. */
  static async open(path: string): Promise<Ledger> {
    const file = await open(path, "a+", 0o600);
    try {
      const contents = await file.readFile();
      const size = contents.lastIndexOf(NEWLINE) + 1;
      if (size < contents.length) await file.truncate(size);
      await file.sync();
      await syncFolder(dirname(path));
      return new Ledger(file, parseLines(contents.toString("utf8", 0, size)), size);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** All accepted jobs, oldest first. */
  entries(): readonly AcceptedJob[] {
    return this.#entries;
  }

  /** Adds a line; resolved when it is on the disk. A line that could not be written whole leaves no trace. */
  append(entry: AcceptedJob): Promise<void> {
    const written = this.#writes.then(() => this.#write(entry));
    this.#writes = written.catch(() => undefined);
    return written;
  }

  async #write(entry: AcceptedJob): Promise<void> {
    const line = Buffer.from(`${JSON.stringify(entry)}\n`);
    try {
      await this.#file.appendFile(line);
      await this.#file.datasync();
    } catch (error) {
      await this.#file.truncate(this.#size);
      throw error;
    }
    this.#size += line.length;
    this.#entries.push(entry);
  }

  async close(): Promise<void> {
    await this.#writes;
    await this.#file.close();
  }
}

function parseLines(text: string): AcceptedJob[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as AcceptedJob);
}
