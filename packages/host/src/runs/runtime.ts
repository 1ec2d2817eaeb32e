import type { Diagnostic, Engine, ErrorData, ImageValue, MaskValue, ResultCache, Workflow } from "@inlay/engine";
import type { Host } from "../open-host.ts";

/** What a server needs of whoever wires nodes and engine together. */
export interface RunRuntime {
  /** With the nodes that there are now; whoever does several things with one holds on to it. */
  readonly engine: Engine;
  /** Absent where the nodes are fixed. */
  readonly nodes?: ReloadableNodes;
  /** The cache that the engine asks, into which results of an earlier attempt are put back. */
  readonly cache: ResultCache;
  readonly host: Host;
  /** What the rules of a valid workflow's nodes find in it. */
  validate(workflow: Workflow): Promise<readonly Diagnostic[]>;
  /** Starts to load what a workflow's nodes need. */
  prefetch(workflow: Workflow): void;
  readonly pictures: PictureTools;
}

/** Nodes that a person may change while a server runs: those of the configuration, `--pack` and the workspace's models. */
export interface ReloadableNodes {
  /** Reads them anew; runs that have begun keep theirs. Fails with `config.*`, and then everything stays as it was. */
  reload(): Promise<NodeReload>;
  /** Reloads when their files change, and calls this when the catalogue has become another. The result ends it. */
  watch(onChange: (reload: NodeReload) => void): () => void;
}

/** What a look at the nodes has come to. */
export interface NodeReload {
  /** The catalogue is another one than before. */
  readonly isChanged: boolean;
  /** Why a file, or a node in it, cannot be used. */
  readonly problems: readonly ErrorData[];
}

/** Which pixels are wanted: those whose colours are at most `tolerance` (0–255) from the pixel's at `point`. */
interface SimilarPixels {
  readonly point: readonly [number, number];
  readonly tolerance: number;
  /** Only those connected with it. */
  readonly contiguous: boolean;
}

/** Pictures in and out of files; the host itself knows no codec. */
export interface PictureTools {
  /** A small WebP of at most `maxSide` pixels a side, fast rather than fine. */
  preview(value: ImageValue | MaskValue, maxSide: number): Promise<Uint8Array>;
  /** The whole picture as PNG, exact. */
  encode(value: ImageValue | MaskValue): Promise<Uint8Array>;
  /** How large a picture file is, upright, from its header. Fails with `image.*`, also for more pixels than are decoded. */
  measure(bytes: Uint8Array, name: string): Promise<{ readonly width: number; readonly height: number }>;
  /** The raw pixels of a picture file, as `image/load` reads them. Fails with `image.*`. */
  decode(bytes: Uint8Array, name: string): Promise<ImageValue>;
  /** The pixels of about the colour of one of them, as spans of rows. Fails with `input.point`, `mask.too-scattered`. */
  similar(image: ImageValue, request: SimilarPixels): Promise<readonly (readonly [number, number, number])[]>;
  /** A WebP of a picture file, of at most `maxSide` pixels a side, upright. Fails with `image.*`. */
  thumbnail(bytes: Uint8Array, maxSide: number): Promise<Uint8Array>;
}
