import type { JsonValue } from "./json.ts";
import type { Resource } from "./node/description.ts";
import type { ArtifactRef, FileRef, SampleDepth, Samples } from "./values/image.ts";

/** The part of `AbortSignal` that the engine itself uses; the engine's own build has no DOM and no Node types. */
interface BasicSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
  throwIfAborted(): void;
}

/** The host's `AbortSignal`: the real one wherever the host's types are present. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer S } } ? S : BasicSignal;

/** A source of one abort signal. */
export interface AbortSource {
  readonly signal: Signal;
  abort(reason?: unknown): void;
}

/** What an environment lends the engine, which itself knows none: `@inlay/host` for Node, another for a browser. */
export interface EngineHost {
  /** SHA-256 of a text's UTF-8 bytes as 64 lower-case hex digits, synchronously. */
  sha256(text: string): string;
  /** Milliseconds from any fixed moment; never goes backwards. */
  now(): number;
  /** Milliseconds since 1970. */
  wallClock(): number;
  /** Calls `callback` once after `ms` milliseconds; the result cancels it. */
  setTimer(callback: () => void, ms: number): () => void;
  /** Lets timers, signals and I/O run. */
  yieldNow(): Promise<void>;
  createAbort(): AbortSource;
  /** A new id for a run, unique in the host. */
  newRunId(): string;
}

/** What a host lends one run: files, artifacts, secrets, remote jobs. */
export interface RunServices {
  /**
   * Finds and hashes the file that a workflow names by a path relative to the workspace, or fetches what it names by an
   * https URL. Called once a run for each name. Fails with `file.*` and `url.*` codes.
   */
  resolveFile(path: string, signal?: Signal): Promise<FileRef>;
  /** Keeps an asset's bytes, given as base64, and names them as a file. */
  resolveAsset(asset: {
    readonly sha256: string;
    readonly name: string;
    readonly data?: string;
    readonly path?: string;
  }): Promise<FileRef>;
  /** The next seed, an integer of 0 … 2³²−1. `place` tells one `increment` counter from another. */
  nextSeed(mode: "random" | "increment", place: string): number | Promise<number>;
  readonly files: FileAccess;
  readonly artifacts: ArtifactStore;
  /** The secret's value, or undefined when the host has none. */
  secret(name: string): string | undefined;
  /** The remote service of that name, such as `runcomfy`; fails with `secret.missing` before any network. */
  remote(service: string): RemoteService | Promise<RemoteService>;
}

/** Reads what the workflow or caller named; writes into the run's output folder and nowhere else. */
export interface FileAccess {
  read(file: FileRef, signal?: Signal): Promise<Uint8Array>;
  /**
   * The files of a folder of the workspace, hashed, in the order of their paths. A list may be stale as soon as it is made: what
   * depends on it has a fingerprint. Fails with `file.*` codes.
   */
  list(request: FolderRequest, signal?: Signal): Promise<readonly ListedFile[]>;
  /**
   * Writes a result file atomically: whole or not at all, never over another file unless asked.
   * @returns the path for a person and whether the same bytes stood there already.
   */
  write(request: WriteRequest): Promise<WrittenFile>;
}

export interface FolderRequest {
  /** Relative to the workspace, with `/` between folders; `.` for the workspace itself. */
  readonly folder: string;
  /** Also what lies in folders inside. */
  readonly recursive: boolean;
  /** Whether a file is wanted, by its path relative to the folder; others are neither opened nor hashed. */
  accepts(path: string): boolean;
  /** The most files that are wanted; fails with `file.too-many` above. */
  readonly limit: number;
}

export interface ListedFile {
  readonly file: FileRef;
  /** Relative to the folder, with `/` between folders. */
  readonly path: string;
}

export interface WriteRequest {
  /** Relative to the output folder, with `/` between folders. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly mime: string;
  /** A file of that name with other bytes: `number` finds a free name, `overwrite` replaces it, `error` fails. */
  readonly onExists: "number" | "overwrite" | "error";
}

export interface WrittenFile {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
  readonly unchanged: boolean;
}

/** Bytes by their content's hash. */
export interface ArtifactStore {
  put(bytes: Uint8Array, options: { readonly mime: string }): Promise<ArtifactRef>;
  /** Fails with `artifact.missing` when the bytes are gone. */
  get(sha256: string): Promise<Uint8Array>;
  has(sha256: string): Promise<boolean>;
}

/** A service that runs paid jobs: submits, waits, downloads, journals, and never pays twice for one key. */
export interface RemoteService {
  /** What tells this service and account from others in cache keys, such as `runcomfy:https://… account`. No secret. */
  readonly scope: string;
  /** Shown to people, such as `RunComfy` or `Sandbox: fills from the surroundings, ignores the prompt, $0.00`. */
  readonly label: string;
  /** What a picture may have to be sent to the service; absent: no limit. */
  readonly mediaLimits?: MediaLimits;
  run(job: RemoteJobRequest): Promise<RemoteJobResult>;
  /**
   * What a job of a model costs; undefined when the service does not say. Submits nothing. What it fails with is taken
   * as not known. Absent where no prices are known; a service that costs nothing answers with 0.
   */
  price?(model: string): Promise<ModelPrice | undefined>;
}

/** What a service asks for a model. */
export interface ModelPrice {
  /** US dollars for one unit; 0 costs nothing. */
  readonly usd: number;
  /** What is counted, in the service's own words, such as `image`, `request` or `second`. */
  readonly unit: string;
  /** What else the service says about it, for people. */
  readonly note?: string;
}

/** The largest picture that a service takes, encoded and in pixels. */
export interface MediaLimits {
  readonly bytes: number;
  readonly pixels: number;
}

export interface RemoteJobRequest {
  /** The model's id, such as `tongyi-mai/z-image/turbo/inpainting`. */
  readonly model: string;
  /** What the job is, for its key: the parameters, and the SHA-256 of the decoded pixels of each medium. */
  readonly identity: JsonValue;
  /** Makes the request's body, an object; called only when a submit is due. Media stand in it as `RemoteMedia`. */
  body(): Promise<RemoteBody> | RemoteBody;
  /** What the job is to give; default `images`. Anything else is an error, and stays to be collected. */
  readonly output?: "images" | "videos";
  /**
   * Set when the person wants the job once more, and pays once more: a job of this input that has ended is not enough. One
   * that is still under way is. Within one order, however often it is asked for, it is the same job.
   */
  readonly again?: { readonly order: string };
  /**
   * Aborted when the run is cancelled: stop the job if that is possible. With a reason of the code `node.timeout` the
   * node is out of time: leave the job as it is, to be collected by a later run. Either way answer soon, with an ending.
   */
  readonly signal: Signal;
  report(state: RemoteState): void;
}

/**
 * A picture or another file in a request's body, where the service takes a URL: the host sends bytes inside the request
 * or publishes them, and checks an address before anything is paid.
 */
export type RemoteMedia =
  | { readonly kind: "media"; readonly bytes: Uint8Array; readonly mime: string }
  /** Of a picture or a video, unless `content` says that it may be any file: a sound, an archive. */
  | { readonly kind: "media"; readonly url: string; readonly content?: "any" };

/** JSON in which media may stand. */
export type RemoteBody = JsonValue | RemoteMedia | readonly RemoteBody[] | { readonly [name: string]: RemoteBody };

export interface RemoteState {
  readonly state: "publishing" | "submitting" | "queued" | "running" | "fetching";
  readonly requestId?: string;
  readonly queuePosition?: number;
  /** True when an earlier run had submitted the job. */
  readonly attached?: boolean;
  /** Which job of this input it is, counted from 1; absent for the first. */
  readonly take?: number;
  /** What the service asks for the model, once that is known; nobody waits for it. */
  readonly price?: ModelPrice;
}

export interface RemoteJobResult {
  readonly requestId: string;
  readonly files: readonly { readonly bytes: Uint8Array; readonly mime: string }[];
  /** What the service says that the job has cost. */
  readonly costUsd?: number;
  /** Which job of this input it is, counted from 1; absent for the first. */
  readonly take?: number;
  /** What the service asks for the model, if it said so in time. */
  readonly price?: ModelPrice;
  /** True when nothing was submitted because an earlier run had. */
  readonly attached: boolean;
  /** Call when the result is safe in the cache, so that the journal may say succeeded. */
  settled?(): Promise<void>;
}

/**
 * Takes samples that do not fit into memory, for as long as the process lives. A port of `createEngine`; what it holds
 * is of no use to anyone else.
 */
export interface SpillStore {
  /** Writes samples out. Fails when there is no space; nothing is left behind then. */
  write(samples: Samples): Promise<SpilledSamples>;
  /** The same samples, of the same type. May be called more than once. */
  read(spilled: SpilledSamples): Promise<Samples>;
  /** They are not needed any more. Never fails. */
  drop(spilled: SpilledSamples): void;
}

/** Samples that have been written out. */
export interface SpilledSamples {
  /** The store's own name for them. */
  readonly id: string;
  readonly depth: SampleDepth;
  /** Bytes. */
  readonly size: number;
}

/** How many may run at once. */
export interface Limits {
  /** Nodes that compute; default: the host's processors. */
  readonly cpu: number;
  /** Requests in flight; default 128. */
  readonly network: number;
  /** Remote jobs waited for at once; default 16. */
  readonly remote: number;
}

export type LimitedResource = Exclude<Resource, "none">;
