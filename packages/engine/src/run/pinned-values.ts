import type { NodeOutputs } from "../cache/result-cache.ts";
import { EngineError, errorData } from "../errors.ts";
import type { FileAccess, Signal } from "../host.ts";
import type { PictureCodec } from "../node/pack.ts";
import type { Plan, PlannedNode } from "../plan/plan.ts";
import { isHandle } from "../schema/check-value.ts";
import type { SocketName, ValueSchema } from "../schema/value-schema.ts";
import type { FileRef, ImageValue, MaskValue } from "../values/image.ts";
import { own } from "../workflow/own.ts";
import { socketsOf } from "../workflow/pinned.ts";
import { gatherInputs, type OpenValues } from "./gather-inputs.ts";
import type { CallerValue } from "./resolve-references.ts";
import type { FoundResults } from "./look-for-results.ts";

/** What turns the files of pinned outputs into pixels. */
export interface PinnedReader {
  readonly files: FileAccess;
  readonly pictures: PictureCodec | undefined;
  readonly signal: Signal;
}

/**
 * Brings the outputs of the pinned nodes that are needed. Fails with `pin.unreadable`, `pin.pictures`, or what is wrong
 * with a picture, before anything runs.
 */
export async function bringPinned(
  plan: Plan,
  { pinned, values }: FoundResults,
  openValues: OpenValues,
  reader: PinnedReader,
): Promise<void> {
  for (const node of pinned) {
    const planned = plan.nodes[node]!;
    try {
      values[node] = await readPinnedNode(plan, planned, openValues.get(node), reader);
    } catch (error) {
      reader.signal.throwIfAborted();
      const { id, description } = planned;
      throw new EngineError({ ...errorData(error), node: id, nodeType: description.type }, { cause: error });
    }
  }
}

/** The outputs of one pinned node. */
export async function readPinnedNode(
  { workflow }: Plan,
  planned: PlannedNode,
  open: readonly CallerValue[] | undefined,
  reader: PinnedReader,
): Promise<NodeOutputs> {
  const { description } = planned;
  const placed = gatherInputs(planned, [], open);
  const read = async (schema: ValueSchema, value: unknown): Promise<unknown> => {
    if (!isHandle(value, "file")) return value;
    const file = value as FileRef;
    return readHandle(file, kindOf(schema, own(workflow.assets, file.sha256)?.mime), reader);
  };
  const outputs: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(placed)) {
    const { schema } = description.outputs[name]!;
    const one = schema.type === "list" ? schema.items : schema;
    if (!Array.isArray(value)) outputs[name] = await read(schema, value);
    else {
      const items: unknown[] = [];
      for (const item of value as readonly unknown[]) items.push(await read(one, item));
      outputs[name] = items;
    }
  }
  return outputs;
}

/** Where an output may be several kinds, an asset's media type says which: that of a mask ends in `;inlay=mask`. */
function kindOf(schema: ValueSchema, mime: string | undefined): SocketName {
  const kinds = socketsOf(schema);
  if (kinds.length === 1) return kinds[0]!;
  if (mime?.endsWith(maskMark) && kinds.includes("mask")) return "mask";
  return kinds.includes("image") && (mime === undefined || mime.startsWith("image/")) ? "image" : "file";
}

/** Ends the media type of an asset that is a mask. */
export const maskMark = ";inlay=mask";

async function readHandle(
  file: FileRef,
  kind: SocketName,
  { files, pictures, signal }: PinnedReader,
): Promise<unknown> {
  if (kind === "file") return file;
  if (!pictures) {
    throw new EngineError({
      code: "pin.pictures",
      message: `No installed pack can read the pinned picture \`${file.name}\`.`,
      suggestion: "Install @inlay/nodes.",
    });
  }
  const image = await pictures.decode(await files.read(file, signal), file.name);
  return kind === "image" ? image : maskOf(image, file.name);
}

function maskOf({ width, height, channels, data }: ImageValue, name: string): MaskValue {
  if (channels === 1 && data instanceof Uint8Array) return { kind: "mask", width, height, data };
  throw new EngineError({
    code: "pin.unreadable",
    message: `The pinned mask \`${name}\` is not a grey picture of 8 bits.`,
    expected: "one channel of 8 bits",
    received: `${channels} ${channels === 1 ? "channel" : "channels"} of ${8 * data.BYTES_PER_ELEMENT} bits`,
  });
}
