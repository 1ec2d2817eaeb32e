import { maxJsonBytes } from "@inlay/engine";
import { z } from "zod";
import { writableParts } from "../file-names.ts";
import { parcelError } from "./parcel-error.ts";

/** Where a parcel says what is in it: its first entry. */
export const manifestName = "inlay-parcel.json";

/** What a parcel may weigh, unpacked. */
export const parcelLimits = {
  /** Files beside the workflow. */
  files: 2000,
  /** Bytes of one file. */
  file: 512 * 2 ** 20,
  /** Bytes of all files. */
  total: 2 * 2 ** 30,
  /** Bytes of the list itself. */
  manifest: 2 ** 20,
} as const;

const Item = z.object({
  path: z.string().min(1).max(1000),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  size: z.int().min(0).max(parcelLimits.file),
});

const Manifest = z.object({
  inlayParcel: z.literal(1),
  workflow: Item.extend({ size: z.int().max(maxJsonBytes) }),
  files: z.array(Item).max(parcelLimits.files),
});

/** A file in a parcel: its path relative to the workspace, and what it must be. */
export type ParcelItem = Readonly<z.infer<typeof Item>>;

/** What is in a parcel. */
export interface ParcelManifest {
  readonly inlayParcel: 1;
  readonly workflow: ParcelItem;
  readonly files: readonly ParcelItem[];
}

/** Reads a parcel's list of contents. Fails with `parcel.manifest`, `parcel.name` or `parcel.duplicate`. */
export function readManifest(text: string): ParcelManifest {
  const parsed = Manifest.safeParse(jsonOf(text));
  if (!parsed.success) throw badManifest(text, parsed.error);
  checkNames([manifestName, ...itemsOf(parsed.data).map(({ path }) => path)]);
  return parsed.data;
}

/** The workflow and the files. */
export function itemsOf({ workflow, files }: ParcelManifest): readonly ParcelItem[] {
  return [workflow, ...files];
}

/** Names that every system can hold, none of which hides or is another one where case is ignored. */
export function checkNames(names: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    checkName(name);
    const folded = name.normalize("NFC").toLowerCase();
    const other = seen.get(folded);
    if (other !== undefined) {
      throw parcelError("parcel.duplicate", `\`${name}\` and \`${other}\` are one file on some systems.`, {
        received: name,
        suggestion: "Rename one of them.",
      });
    }
    seen.set(folded, name);
  }
}

/** Names that other programs act on as soon as somebody works in the folder: no picture and no workflow is called so. */
const actedOn = /^(node_modules|package\.json|(gnu)?makefile|autorun\.inf|desktop\.ini)$/i;

function checkName(name: string): void {
  let problem = "holds a part that begins with a dot";
  try {
    const parts = writableParts(name);
    if (parts.join("/") === name && !parts.some((part) => part.startsWith(".") || actedOn.test(part))) return;
    if (parts.some((part) => actedOn.test(part))) problem = "is one that other programs act on";
    if (parts.join("/") !== name) problem = "is not written as it is stored, or too long";
  } catch (cause) {
    throw parcelError("parcel.name", `The parcel names ${JSON.stringify(name)}, which it may not.`, {
      received: name,
      expected: "a path relative to the workspace, such as `photos/coffee.png`",
      cause,
    });
  }
  throw parcelError("parcel.name", `The parcel names ${JSON.stringify(name)}, which ${problem}.`, {
    received: name,
    expected: "a path relative to the workspace, such as `photos/coffee.png`",
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function badManifest(text: string, cause: unknown): Error {
  const version = (jsonOf(text) as { readonly inlayParcel?: unknown } | undefined)?.inlayParcel;
  if (typeof version === "number" && version > 1) {
    return parcelError("parcel.manifest", "The parcel was made by a newer Inlay.", {
      expected: "version 1",
      received: `version ${version}`,
      suggestion: "Update Inlay.",
    });
  }
  return parcelError("parcel.manifest", `The parcel's \`${manifestName}\` cannot be read.`, { cause });
}
