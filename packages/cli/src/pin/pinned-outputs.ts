import { createHash } from "node:crypto";
import {
  EngineError,
  isJsonObject,
  maskMark,
  type Asset,
  type FileRef,
  type ImageValue,
  type JsonValue,
  type MaskValue,
} from "@inlay/engine";
import type { PictureCodec } from "@inlay/engine";

/** What a node's outputs are in a workflow file: values that stand there, and the files that they refer to. */
export interface PinnedContent {
  readonly pinned: Readonly<Record<string, JsonValue>>;
  readonly files: readonly PinnedFile[];
}

/** A file that goes into the workflow or beside it. */
export interface PinnedFile {
  readonly sha256: string;
  readonly asset: Pick<Asset, "name" | "mime" | "size">;
  readonly bytes: Uint8Array;
}

/** What pixels and files become bytes with. */
export interface PinTools {
  readonly pictures: PictureCodec;
  readFile(file: FileRef): Promise<Uint8Array>;
}

/**
 * Turns a node's outputs into what a workflow file can hold: pictures and masks as PNG with the same samples, files as
 * they are, JSON as it is. Fails with `pin.unstorable` for what would not come back the same.
 */
export async function pinnedOutputs(
  node: string,
  outputs: Readonly<Record<string, unknown>>,
  tools: PinTools,
): Promise<PinnedContent> {
  const files = new Map<string, PinnedFile>();
  const refer = (name: string, bytes: Uint8Array, mime: string): JsonValue => {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    files.set(sha256, { sha256, bytes, asset: { name, mime, size: bytes.byteLength } });
    return { $asset: sha256 };
  };
  const store = async (name: string, value: unknown): Promise<JsonValue> => {
    switch (kindOf(value)) {
      case "image":
        return refer(`${name}.png`, await tools.pictures.encode(value as ImageValue), "image/png");
      case "mask":
        return refer(`${name}.png`, await tools.pictures.encode(asImage(value as MaskValue)), `image/png${maskMark}`);
      case "file":
        return refer((value as FileRef).name, await tools.readFile(value as FileRef), "application/octet-stream");
      default:
        return storableJson(node, name, value);
    }
  };
  const pinned: Record<string, JsonValue> = {};
  for (const [output, value] of Object.entries(outputs)) {
    const name = `${node}-${output}`;
    pinned[output] = Array.isArray(value)
      ? await Promise.all(value.map((item, i) => store(`${name}-${i + 1}`, item)))
      : await store(name, value);
  }
  return { pinned, files: [...files.values()] };
}

function kindOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "kind" in value ? value.kind : undefined;
}

function asImage(mask: MaskValue): ImageValue {
  return { ...mask, kind: "image", channels: 1, depth: "u8" };
}

/** Keys that begin with `$` mean references in a workflow file, so a value that has any cannot stand there. */
function storableJson(node: string, name: string, value: unknown): JsonValue {
  const open: unknown[] = [value];
  for (const part of open) {
    if (part === undefined || (typeof part === "number" && !Number.isFinite(part))) throw unstorable(node, name);
    if (Array.isArray(part)) open.push(...(part as unknown[]));
    else if (typeof part === "object" && part !== null) {
      if (!isJsonObject(part as JsonValue) || Object.keys(part).some((key) => key.startsWith("$")))
        throw unstorable(node, name);
      open.push(...Object.values(part));
    }
  }
  return value as JsonValue;
}

function unstorable(node: string, name: string): EngineError {
  return new EngineError({
    code: "pin.unstorable",
    message: `\`${name}\` holds what a workflow file cannot hold as a value.`,
    node,
    expected: "JSON without keys that begin with `$`, pictures, masks, files",
  });
}
