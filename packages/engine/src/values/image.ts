/** How one sample of an image is stored: 0–255, 0–65,535, or 0.0–1.0. */
export type SampleDepth = "u8" | "u16" | "f32";

/** The samples of an image or mask, row by row, channels interleaved. */
export type Samples = Uint8Array | Uint16Array | Float32Array;

/**
 * Pixels that travel on links: raw samples, never an encoded file. Read-only for every node that receives them.
 *
 * `data.length` is `width × height × channels`. Channels: 1 grey, 3 RGB, 4 RGB with straight (not premultiplied)
 * alpha. Pixels are upright: EXIF orientation has been applied.
 */
export interface ImageValue {
  readonly kind: "image";
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly depth: SampleDepth;
  readonly data: Samples;
  /** The embedded ICC profile; absent means sRGB. */
  readonly profile?: Uint8Array;
  /** What the source file said about itself and a save may write again; JSON values only. */
  readonly metadata?: ImageMetadata;
}

/** What travels beside the pixels. */
export interface ImageMetadata {
  /** Pixels per inch of the source file. */
  readonly density?: number;
}

/**
 * A selection: one sample of 0–255 a pixel, `width × height` of them.
 * 255 = selected (repaint), 0 = not selected (keep), between = soft edge.
 */
export interface MaskValue {
  readonly kind: "mask";
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Bytes kept by the host under the SHA-256 of their content (64 lower-case hex digits). */
export interface ArtifactRef {
  readonly kind: "artifact";
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly mime: string;
}

/**
 * A file that a workflow or its caller named, found and hashed by the host before the run starts.
 * Nodes read it through `ctx.files.read`; only `sha256` enters cache keys.
 */
export interface FileRef {
  readonly kind: "file";
  /** The file's own name, without folders, such as `coffee.png`. */
  readonly name: string;
  /** SHA-256 of the content, 64 lower-case hex digits. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}
