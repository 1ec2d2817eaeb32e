import { type MaskCanvas, putTile, takeTile, type TouchedTile } from "@inlay/raster";

/** A part of a mask as it was; of an even one only the level is kept. */
interface KeptTile {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly samples: Uint8Array | number;
}

/** What a mask was like where an edit has changed it. */
export interface Snapshot {
  readonly tiles: readonly KeptTile[];
  /** Bytes in memory, about. */
  readonly size: number;
}

const side = 256;

/** Keeps tiles as they were before a stroke. */
export function snapshotOf(tiles: readonly Pick<TouchedTile, "x" | "y" | "width" | "height" | "before">[]): Snapshot {
  const kept = tiles.map(({ x, y, width, height, before }) => ({ x, y, width, height, samples: packed(before) }));
  return { tiles: kept, size: kept.reduce((sum, { samples }) => sum + sizeOf(samples), 0) };
}

/** Keeps of `before` the tiles in which a mask is different now. */
export function snapshotOfChanges(before: Uint8Array, canvas: MaskCanvas): Snapshot {
  const old = { ...canvas, data: before };
  const changed: TouchedTile[] = [];
  for (let y = 0; y < canvas.height; y += side) {
    for (let x = 0; x < canvas.width; x += side) {
      const tile = { x, y, width: Math.min(side, canvas.width - x), height: Math.min(side, canvas.height - y) };
      if (isChanged(before, canvas, tile)) changed.push({ ...tile, before: takeTile(old, tile) });
    }
  }
  return snapshotOf(changed);
}

/** Puts a snapshot back into a mask and gives that of what was there. */
export function swapSnapshot(canvas: MaskCanvas, { tiles }: Snapshot): Snapshot {
  const there = tiles.map((tile) => ({ ...tile, before: takeTile(canvas, tile) }));
  for (const tile of tiles) putTile(canvas, tile, samplesOf(tile));
  return snapshotOf(there);
}

function samplesOf({ width, height, samples }: KeptTile): Uint8Array {
  return typeof samples === "number" ? new Uint8Array(width * height).fill(samples) : samples;
}

function packed(samples: Uint8Array): Uint8Array | number {
  const first = samples[0]!;
  for (let i = 1; i < samples.length; i++) if (samples[i] !== first) return samples;
  return first;
}

function sizeOf(samples: Uint8Array | number): number {
  return typeof samples === "number" ? 64 : samples.byteLength + 64;
}

function isChanged(before: Uint8Array, { width, data }: MaskCanvas, tile: Omit<KeptTile, "samples">): boolean {
  for (let y = tile.y; y < tile.y + tile.height; y++) {
    const end = y * width + tile.x + tile.width;
    for (let at = y * width + tile.x; at < end; at++) if (before[at] !== data[at]) return true;
  }
  return false;
}
