import type { ImageValue, MadeOutputs, MaskValue } from "@inlay/engine";
import type Database from "libsql";
import type { Logger } from "pino";
import { isPicture } from "./is-picture.ts";
import type { PictureTools } from "./runtime.ts";

/** Which picture of a run: an output of a node, and of a list the item. */
interface PreviewPlace {
  readonly run: string;
  readonly node: string;
  readonly output: string;
  readonly item: number;
}

/** Small copies of every picture that a run's nodes gave. */
export interface Previews {
  /** Makes previews of what a node gave, soon; the pixels are let go as soon as they are made. */
  take(run: string, made: MadeOutputs): void;
  /** The WebP, if there is one; waits for one that is being made. */
  get(place: PreviewPlace): Promise<Uint8Array | undefined>;
  /** A file is a picture of what a node gave: a small copy of that is one of the file, too. */
  link(sha256: string, place: Omit<PreviewPlace, "item">): void;
  /** The WebP of a file that was linked, if there is one. */
  ofFile(sha256: string): Promise<Uint8Array | undefined>;
  remove(runs: readonly string[]): void;
  /** Resolves when nothing is being made. */
  idle(): Promise<void>;
}

/** Pixels along the longer side. */
export const previewSide = 256;
const mostAtOnce = 2;
/** What waits holds its pixels: more than this are left out, and made when they are asked for. */
const mostWaiting = 64;
const mostOfList = 16;

/** Keeps previews as rows. */
export function sqlPreviews(database: Database.Database, pictures: PictureTools, log: Logger): Previews {
  const save = database.prepare(
    "insert or replace into previews (run, node, output, item, bytes) values (?, ?, ?, ?, ?)",
  );
  const find = database.prepare("select bytes from previews where run = ? and node = ? and output = ? and item = ?");
  const saveFile = database.prepare(
    "insert or replace into file_previews (sha256, run, node, output) values (?, ?, ?, ?)",
  );
  const findFile = database.prepare("select run, node, output from file_previews where sha256 = ?");
  const dropFiles = database.prepare("delete from file_previews where run = ?");
  const drop = database.prepare("delete from previews where run = ?");
  const making = new Map<string, Promise<void>>();
  const waiting: (() => Promise<void>)[] = [];
  /** A node that passes a picture on gives the same pixels: they are looked at once. */
  const known = new WeakMap<object, Promise<Uint8Array>>();
  let atWork = 0;

  const next = (): void => {
    const work = waiting.shift();
    if (!work) {
      atWork--;
      return;
    }
    void work().finally(next);
  };

  const smallCopy = (value: ImageValue | MaskValue): Promise<Uint8Array> => {
    const copy = known.get(value) ?? pictures.preview(value, previewSide);
    known.set(value, copy);
    return copy;
  };

  const make = (place: PreviewPlace, value: ImageValue | MaskValue): void => {
    if (waiting.length >= mostWaiting) return;
    const name = nameOf(place);
    const done = new Promise<void>((resolve) => {
      waiting.push(async () => {
        try {
          const { run, node, output, item } = place;
          save.run(run, node, output, item, Buffer.from(await smallCopy(value)));
        } catch (error) {
          log.debug({ err: error, ...place }, "no preview");
        }
        making.delete(name);
        resolve();
      });
    });
    making.set(name, done);
    if (atWork >= mostAtOnce) return;
    atWork++;
    next();
  };

  const get = async (place: PreviewPlace): Promise<Uint8Array | undefined> => {
    await making.get(nameOf(place));
    const { run, node, output, item } = place;
    const row = find.get(run, node, output, item) as { bytes: ArrayBuffer } | undefined;
    return row && new Uint8Array(row.bytes);
  };

  return {
    get,
    link(sha256, { run, node, output }) {
      saveFile.run(sha256, run, node, output);
    },
    async ofFile(sha256) {
      const place = findFile.get(sha256) as Omit<PreviewPlace, "item"> | undefined;
      return place && get({ ...place, item: 0 });
    },
    take(run, { node, outputs }) {
      for (const output in outputs) {
        const value = outputs[output];
        const items: readonly unknown[] = Array.isArray(value) ? value.slice(0, mostOfList) : [value];
        for (const [item, picture] of items.entries())
          if (isPicture(picture)) make({ run, node, output, item }, picture);
      }
    },
    remove: (runs) => runs.forEach((run) => (drop.run(run), dropFiles.run(run))),
    async idle() {
      while (making.size > 0) await Promise.all(making.values());
    },
  };
}

function nameOf({ run, node, output, item }: PreviewPlace): string {
  return JSON.stringify([run, node, output, item]);
}
