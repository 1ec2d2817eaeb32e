import type { ArtifactStore, FileAccess, LimitedResource, RemoteService, Signal } from "../host.ts";
import type { JsonValue } from "../json.ts";
import type { ExpandedGraph, Expansion } from "./expansion.ts";
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
  /**
   * Other nodes in this one's place: return it from `run` as it is. The node gives up its slot; the others run as if
   * they stood in the file, cached and limited like all, and their outputs become the node's. At most 100,000 a run,
   * nested at most 64 deep. They must follow from the inputs alone, because the result is kept under the node's key.
   *
   * @example
   * return ctx.expand({
   *   nodes: { twice: { type: "test/double", inputs: { image: { $input: "image" } } } },
   *   outputs: { image: { node: "twice", output: "image" } },
   *   inputs: { image },
   * });
   */
  expand(graph: ExpandedGraph): Expansion;
  /**
   * The named inputs and outputs of a sub-workflow of the file, to expand to a node `workflow/<name>`; undefined when
   * there is none. Only for names that come from an input marked `subWorkflow`, whose key knows what is in it.
   */
  subWorkflow(name: string): { readonly inputs: readonly string[]; readonly outputs: readonly string[] } | undefined;
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
  /** The output of the node that the file is a picture of: who shows the file has that at hand. */
  readonly shows?: string;
}

/** What saved files say about how they were made: everything that is known, the workflow alone, or nothing. */
export const metadataLevels = ["full", "graph", "none"] as const;
export type MetadataLevel = (typeof metadataLevels)[number];

export interface RunInfo {
  readonly id: string;
  /** The id of the node that is running. */
  readonly node: string;
  /** The workflow's name, or `workflow`. */
  readonly workflow: string;
  /** The named inputs' values. */
  readonly inputs: { readonly [name: string]: JsonValue | FileRef };
  /** The `$seed`s of this run by the place where they stand, such as `fill.seed` or `inputs.seed`. */
  readonly seeds: { readonly [place: string]: number };
  /** In a node that runs once for each item of a list: which one this is, from 1. */
  readonly item?: number;
  /** What saved files say about how they were made, when the caller has said so: it goes before what the nodes say. */
  readonly metadata?: MetadataLevel;
  /** The workflow file's canonical text; made when asked for. */
  workflowText(): string;
}
