import { type Bounds, type MaskCanvas, putTile, takeTile, type TouchedTile } from "@inlay/raster";

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

/** The tiles of a part of a mask, as they are now. */
export function heldTiles(canvas: MaskCanvas, part: Bounds): readonly TouchedTile[] {
  return tilesIn(canvas, part).map((tile) => ({ ...tile, before: takeTile(canvas, tile) }));
}

/** Keeps of held tiles those in which a mask is different now. */
export function snapshotOfHeld(held: readonly TouchedTile[], { width, data }: MaskCanvas): Snapshot {
  return snapshotOf(
    held.filter((tile) => {
      for (let y = 0, at = 0; y < tile.height; y++)
        for (let to = (tile.y + y) * width + tile.x, end = to + tile.width; to < end; to++, at++)
          if (tile.before[at] !== data[to]) return true;
      return false;
    }),
  );
}

/** Keeps of `before` the tiles in which a mask is different now. */
export function snapshotOfChanges(before: Uint8Array, canvas: MaskCanvas): Snapshot {
  return snapshotOfHeld(heldTiles({ ...canvas, data: before }, { x: 0, y: 0, ...sizeOfMask(canvas) }), canvas);
}

function sizeOfMask({ width, height }: MaskCanvas): { readonly width: number; readonly height: number } {
  return { width, height };
}

/** The tiles that a part of a mask touches; what lies beside the mask has none. */
function tilesIn(canvas: MaskCanvas, { x, y, width, height }: Bounds): readonly Bounds[] {
  const tiles: Bounds[] = [];
  const first = { x: Math.max(0, Math.floor(x / side)) * side, y: Math.max(0, Math.floor(y / side)) * side };
  for (let top = first.y; top < Math.min(canvas.height, y + height); top += side) {
    for (let left = first.x; left < Math.min(canvas.width, x + width); left += side) {
      const size = { width: Math.min(side, canvas.width - left), height: Math.min(side, canvas.height - top) };
      tiles.push({ x: left, y: top, ...size });
    }
  }
  return tiles;
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
