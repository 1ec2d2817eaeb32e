import type { ServerEventBody } from "./run-record.ts";
import type { KeptResult, NodeOutputsUpdate, RunUpdate } from "./run-store.ts";

/** One go at a run. */
export interface Attempt {
  readonly run: string;
  readonly attempt: number;
}

/** The file of a result that is being kept. */
export interface PendingFile {
  readonly done: Promise<boolean>;
  drop(): void;
}

/** What an attempt has told and what is not on disk yet. */
export class PendingUpdate implements Attempt {
  readonly run: string;
  readonly attempt: number;
  #events: { time: number; body: ServerEventBody }[] = [];
  #outputs: NodeOutputsUpdate[] = [];
  /** By place. */
  #kept = new Map<string, { readonly result: KeptResult; readonly file: PendingFile | undefined }>();
  /** By place, what is to be done when it is forgotten. */
  #released = new Map<string, () => void>();
  /** Where the progress of a node stands in the events, so that newer progress takes its place. */
  #progress = new Map<string, number>();
  #isWritten = false;
  #joined: PendingUpdate | undefined;

  constructor({ run, attempt }: Attempt) {
    this.run = run;
    this.attempt = attempt;
  }

  get isOver(): boolean {
    return this.#events.some(({ body }) => body.type === "run.finished");
  }

  addEvent(time: number, body: ServerEventBody): void {
    const place = "node" in body ? this.#progress.get(body.node) : undefined;
    if (body.type === "node.progress" && place !== undefined) this.#events[place] = { time, body };
    else {
      if (body.type === "node.progress") this.#progress.set(body.node, this.#events.length);
      else if ("node" in body) this.#progress.delete(body.node);
      this.#events.push({ time, body });
    }
    // Nobody goes on with a run that is over: what has not been written by now need not be.
    if (body.type === "run.finished") this.#dropFiles();
  }

  addOutputs(made: NodeOutputsUpdate): void {
    this.#outputs.push(made);
  }

  keep(result: KeptResult, file?: PendingFile): void {
    this.#kept.set(result.place, { result, file });
  }

  /** What was kept since the last write is not written at all. */
  release(place: string, forgotten: () => void): void {
    this.#kept.get(place)?.file?.drop();
    this.#kept.delete(place);
    this.#released.set(place, forgotten);
  }

  /** Resolves when the files that it names are whole, or never will be; undefined when it names none. */
  filesWritten(): Promise<unknown> | undefined {
    const files = [...this.#kept.values()].flatMap(({ file }) => (file ? [file.done] : []));
    return files.length > 0 ? Promise.all(files) : undefined;
  }

  /** What is to be kept; files that could not be written are left out. */
  async update(): Promise<RunUpdate> {
    const kept: KeptResult[] = [];
    for (const { result, file } of this.#kept.values()) if (!file || (await file.done)) kept.push(result);
    const { run, attempt } = this;
    return { run, attempt, events: this.#events, outputs: this.#outputs, released: [...this.#released.keys()], kept };
  }

  get isWritten(): boolean {
    return this.#isWritten || (this.#joined?.isWritten ?? false);
  }

  /** It is on disk. */
  written(): void {
    this.#isWritten = true;
    for (const forgotten of this.#released.values()) forgotten();
  }

  /** With what was told after it. */
  followedBy(later: PendingUpdate): PendingUpdate {
    const both = new PendingUpdate(later);
    this.#joined = both;
    later.#joined = both;
    const isSame = later.attempt === this.attempt;
    both.#events = [...(isSame ? this.#events : []), ...later.#events];
    both.#outputs = [...(isSame ? this.#outputs : []), ...later.#outputs];
    if (isSame) {
      for (const { result, file } of this.#kept.values()) both.keep(result, file);
      for (const [place, forgotten] of this.#released) both.#released.set(place, forgotten);
    }
    for (const [place, forgotten] of later.#released) both.release(place, forgotten);
    for (const { result, file } of later.#kept.values()) both.keep(result, file);
    if (both.isOver) both.#dropFiles();
    return both;
  }

  #dropFiles(): void {
    for (const [place, { file }] of this.#kept) {
      if (!file) continue;
      file.drop();
      this.#kept.delete(place);
    }
  }
}
