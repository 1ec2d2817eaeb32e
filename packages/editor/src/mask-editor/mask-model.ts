import {
  applyEditSteps,
  type Bounds,
  type Brush,
  type BrushStroke,
  decodePoints,
  type MaskCanvas,
  type MaskEdit,
  putTile,
  startStroke,
} from "@inlay/raster";
import { Cell } from "../state/cell.ts";
import { inSlices } from "./in-slices.ts";
import { encodeWay, type WayPoint } from "./encode-way.ts";
import {
  type Snapshot,
  heldTiles,
  snapshotOf,
  snapshotOfChanges,
  snapshotOfHeld,
  swapSnapshot,
} from "./tile-snapshots.ts";

/** An edit that was done, with what is needed to take it back quickly while there is memory for it. */
interface Done {
  readonly edit: MaskEdit;
  snapshot: Snapshot | undefined;
}

/** A stroke that is being painted. */
export interface LiveStroke {
  extend(points: readonly WayPoint[]): void;
  end(): void;
  cancel(): void;
}

/** The most edits that a painted mask keeps. */
export const mostEdits = 10_000;
/** What snapshots may take; older edits are taken back by doing the ones before them again. */
const mostSnapshotBytes = 96 * 2 ** 20;

/**
 * The mask of the editor: edits as data, and the samples that they give. Everything is drawn by the rasteriser that also
 * draws it in a run, so what is seen is what comes out. Undo goes back as far as the first edit.
 */
export class MaskModel {
  readonly canvas: MaskCanvas;
  /** Counts up with every change of the edits. */
  readonly version = new Cell(0);
  /** How far longer work is, 0–1; undefined when there is none. */
  readonly progress = new Cell<number | undefined>(undefined);
  readonly #base: Uint8Array | undefined;
  #done: Done[] = [];
  #undone: Done[] = [];
  #stroke: LiveStroke | undefined;
  #preview: { readonly before: Uint8Array; edit: MaskEdit | undefined } | undefined;
  #work: AbortController | undefined;
  #isRebuilding = false;
  readonly #listeners = new Set<(bounds: Bounds) => void>();

  /** `base` is the mask that is painted on, if any. */
  constructor(size: { readonly width: number; readonly height: number }, base?: Uint8Array) {
    this.#base = base;
    const { width, height } = size;
    this.canvas = { width, height, data: base ? base.slice() : new Uint8Array(width * height) };
  }

  get edits(): readonly MaskEdit[] {
    return this.#done.map(({ edit }) => edit);
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Whether something is going on that a new edit must wait for. */
  get isBusy(): boolean {
    return this.#work !== undefined || this.#stroke !== undefined;
  }

  /** Calls back with the part of the mask that is to be drawn again. */
  onChange(listener: (bounds: Bounds) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Shows edits that were done earlier. Returns whether they came to their end. */
  async load(edits: readonly MaskEdit[]): Promise<boolean> {
    this.#done = edits.map((edit) => ({ edit, snapshot: undefined }));
    this.#undone = [];
    return this.#rebuild();
  }

  /** Does an edit, after what is at work; large ones let the page breathe. Returns whether it was done. */
  async apply(edit: MaskEdit): Promise<boolean> {
    this.endPreview();
    while (this.isBusy) await new Promise((resolve) => setTimeout(resolve, 10));
    if (this.#done.length >= mostEdits) return false;
    const part = partOf(edit, this.canvas);
    const held = heldTiles(this.canvas, part);
    if (!(await this.#run(applyEditSteps(this.canvas, edit)))) {
      for (const tile of held) putTile(this.canvas, tile, tile.before);
      return false;
    }
    this.#remember(edit, snapshotOfHeld(held, this.canvas));
    this.#changed(part);
    return true;
  }

  /** Starts a stroke; undefined when another edit is at work. */
  startStroke(brush: Brush): LiveStroke | undefined {
    this.endPreview();
    if (this.isBusy || this.#done.length >= mostEdits) return undefined;
    const painter = startStroke(this.canvas, brush);
    const way: WayPoint[] = [];
    const finish = (): void => {
      this.#stroke = undefined;
    };
    const live: LiveStroke = {
      extend: (points) => {
        if (this.#stroke !== live) return;
        const fresh = points.filter((point, i) => isNew(point, points[i - 1] ?? way.at(-1)));
        if (fresh.length === 0) return;
        way.push(...fresh);
        const pressures = fresh.some(({ pressure }) => pressure !== undefined)
          ? fresh.map(({ pressure }) => pressure ?? 255)
          : undefined;
        const bounds = painter.extend(
          fresh.map(({ x, y }) => [x, y] as const),
          pressures,
        );
        if (bounds) this.#changed(bounds);
      },
      end: () => {
        if (this.#stroke !== live) return;
        finish();
        if (way.length === 0) return;
        const edit: BrushStroke = { ...brush, ...encodeWay(way) };
        this.#remember(edit, snapshotOf(painter.tiles()));
      },
      cancel: () => {
        if (this.#stroke !== live) return;
        finish();
        painter.cancel();
        this.#changed();
      },
    };
    this.#stroke = live;
    return live;
  }

  /** Shows what an edit would give; the one before it is shown no longer. */
  async preview(edit: MaskEdit): Promise<void> {
    if (this.#stroke || (this.#work && !this.#preview)) return;
    const preview = (this.#preview ??= { before: this.canvas.data.slice(), edit: undefined });
    preview.edit = undefined;
    this.#work?.abort();
    const scratch = { ...this.canvas, data: preview.before.slice() };
    if (!(await this.#run(applyEditSteps(scratch, edit))) || this.#preview !== preview) return;
    preview.edit = edit;
    this.canvas.data.set(scratch.data);
    this.#changed();
  }

  /** Keeps what is shown as preview of an edit, once it is shown. */
  async keepPreview(edit: MaskEdit): Promise<boolean> {
    const preview = this.#preview;
    if (preview?.edit !== edit) return this.apply(edit);
    this.#preview = undefined;
    this.#remember(edit, snapshotOfChanges(preview.before, this.canvas));
    return true;
  }

  /** Shows again what is done. */
  endPreview(): void {
    const preview = this.#preview;
    if (!preview) return;
    this.#preview = undefined;
    this.#work?.abort();
    this.#work = undefined;
    this.progress.set(undefined);
    if (!preview.edit) return;
    this.canvas.data.set(preview.before);
    this.#changed();
  }

  /** Takes the last edit back; one that is still at work is stopped. */
  async undo(): Promise<void> {
    this.endPreview();
    if (this.#stroke || this.#stopWork()) return;
    const last = this.#done.pop();
    if (!last) return;
    this.#undone.push(last);
    await this.#goTo(last);
  }

  async redo(): Promise<void> {
    this.endPreview();
    if (this.#stroke || (this.#work && !this.#isRebuilding)) return;
    const next = this.#undone.pop();
    if (!next) return;
    this.#done.push(next);
    await this.#goTo(next);
  }

  /** Stops an edit that is at work. Returns whether there was one. */
  #stopWork(): boolean {
    if (!this.#work || this.#isRebuilding) return false;
    this.#work.abort();
    return true;
  }

  /** Shows the edits as they are done now, after one was taken back or done again. */
  async #goTo(changed: Done): Promise<void> {
    this.version.set(this.version.value + 1);
    if (changed.snapshot && !this.#isRebuilding) {
      changed.snapshot = swapSnapshot(this.canvas, changed.snapshot);
      for (const tile of changed.snapshot.tiles) this.#changed(tile);
      return;
    }
    // What it was before is not known any more, or the samples are not those of the edits at this moment.
    changed.snapshot = undefined;
    await this.#rebuild();
  }

  /** Stops longer work. */
  stop(): void {
    this.#work?.abort();
  }

  /** Does all edits again from the beginning. */
  async #rebuild(): Promise<boolean> {
    const { canvas } = this;
    this.#work?.abort();
    this.#isRebuilding = true;
    if (this.#base) canvas.data.set(this.#base);
    else canvas.data.fill(0);
    const edits = this.edits;
    const isDone = await this.#run(
      (function* () {
        for (const [index, edit] of edits.entries()) {
          for (const part of applyEditSteps(canvas, edit)) yield (index + part) / edits.length;
          yield (index + 1) / edits.length;
        }
      })(),
    );
    if (isDone) this.#isRebuilding = false;
    this.#changed();
    return isDone;
  }

  async #run(steps: Iterator<number, void, void>): Promise<boolean> {
    const work = new AbortController();
    this.#work = work;
    try {
      return await inSlices(steps, work.signal, (part) => this.progress.set(part));
    } finally {
      if (this.#work === work) {
        this.#work = undefined;
        this.progress.set(undefined);
      }
    }
  }

  #remember(edit: MaskEdit, snapshot: Snapshot): void {
    // Frozen, the document's store does not look for changes inside.
    this.#done.push({ edit: Object.freeze(edit), snapshot });
    this.#undone = [];
    let bytes = 0;
    for (const done of this.#done.toReversed()) {
      bytes += done.snapshot?.size ?? 0;
      if (bytes > mostSnapshotBytes) done.snapshot = undefined;
    }
    this.version.set(this.version.value + 1);
  }

  #changed(bounds: Bounds = { x: 0, y: 0, width: this.canvas.width, height: this.canvas.height }): void {
    for (const listener of this.#listeners) listener(bounds);
  }
}

function isNew(point: WayPoint, last: WayPoint | undefined): boolean {
  return !last || point.x !== last.x || point.y !== last.y;
}

/** The part of a mask that an edit may change: of a shape that is added or taken away its own. */
function partOf(edit: MaskEdit, { width, height }: MaskCanvas): Bounds {
  const isShape = ["lasso", "polygon", "rectangle", "ellipse"].includes(edit.tool);
  if (!isShape || !("points" in edit) || !edit.points || ("mode" in edit && edit.mode === "intersect"))
    return { x: 0, y: 0, width, height };
  const points = decodePoints(edit.points).map(([x, y]) => [x / 8, y / 8] as const);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, right] = [xs.reduce((a, b) => Math.min(a, b)), xs.reduce((a, b) => Math.max(a, b))];
  const [top, bottom] = [ys.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.max(a, b))];
  const [x, y] = [Math.floor(left) - 1, Math.floor(top) - 1];
  return { x, y, width: Math.ceil(right) + 1 - x, height: Math.ceil(bottom) + 1 - y };
}
