import type { ArtifactStore, FileAccess, LimitedResource, RemoteService, Signal } from "../host.ts";
import type { JsonValue } from "../json.ts";
import type { FileRef } from "../values/image.ts";

/** What a node's `run` may use besides its inputs. */
export interface NodeContext {
  /** Aborted when the run is cancelled: stop soon, and throw `signal.reason` or return. */
  readonly signal: Signal;
  /** How far the work is: `value` of `total`, any unit. Coalesced; call it as often as you like. */
  progress(value: number, total: number, note?: string): void;
  /** A line for the person who runs it. */
  log(level: "info" | "warning", message: string): void;
  /** Resolves after letting other work run; long loops await it every 20 ms. */
  yieldNow(): Promise<void>;
  readonly files: FileAccess;
  readonly artifacts: ArtifactStore;
  /** The secrets that the definition names. */
  readonly secrets: { readonly [name: string]: string };
  /** The service that the definition names in `service`. */
  readonly remote: RemoteService;
  /** Runs `work` while holding a slot of another resource; a `remote` node decodes and encodes in `cpu` slots. */
  withSlot<T>(resource: LimitedResource, work: () => Promise<T> | T): Promise<T>;
  /** Tells the host about a file for people, such as a saved result or a preview. */
  publish(file: PublishedFile): void;
  /** The run, for file names and metadata; not part of the cache key, so only `cache: "never"` nodes should look. */
  readonly run: RunInfo;
}

/** What a node's `fingerprint` may look at. */
export type FingerprintContext = Pick<NodeContext, "signal" | "files" | "artifacts" | "secrets">;

export interface PublishedFile {
  readonly role: "result" | "preview";
  /** Where it was written, when it has a path. */
  readonly path?: string;
  readonly sha256: string;
  readonly size: number;
  readonly mime: string;
}

export interface RunInfo {
  readonly id: string;
  /** The id of the node that is running. */
  readonly node: string;
  /** The workflow's name, or `workflow`. */
  readonly workflow: string;
  /** The named inputs' values. */
  readonly inputs: { readonly [name: string]: JsonValue | FileRef };
}
