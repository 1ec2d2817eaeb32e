import { EngineError, isJsonObject, type JsonValue } from "@inlay/engine";
import { loadSharp } from "../codec/sharp.ts";
import { sniffFormat } from "../codec/sniff-format.ts";
import { recordIn } from "./xmp.ts";

/** What a picture that Inlay saved says about how it was made. Of unknown origin, and not yet checked. */
export interface PictureWorkflow {
  /** The text of the workflow file: JSON, for `readWorkflow`. */
  readonly text: string;
  /** The named inputs' values of that run, and its seeds; absent in a picture that was saved with the workflow alone. */
  readonly inputs?: JsonValue;
  readonly seeds?: JsonValue;
}

/** Whether bytes begin like a picture that may hold a workflow. */
export function isPicture(bytes: Uint8Array): boolean {
  return sniffFormat(bytes) !== undefined;
}

/**
 * The workflow in a picture that `image/save` wrote: PNG, JPEG, WebP or AVIF. Only the header is read.
 *
 * Errors: `picture.no-workflow` for a picture without one, or what is no picture.
 *
 * @example
 * const { text } = await workflowOfPicture(await readFile("outputs/cup.png"));
 */
export async function workflowOfPicture(bytes: Uint8Array, name = "the picture"): Promise<PictureWorkflow> {
  const record = parse(await readRecord(bytes));
  const workflow = record?.["workflow"];
  if (record === undefined || !isJsonObject(workflow)) throw noWorkflow(name);
  const { inputs, seeds } = record;
  const text = `${JSON.stringify(workflow, null, 2)}\n`;
  return { text, ...(inputs !== undefined && { inputs }), ...(seeds !== undefined && { seeds }) };
}

async function readRecord(bytes: Uint8Array): Promise<string | undefined> {
  if (!isPicture(bytes)) return undefined;
  const sharp = await loadSharp();
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  return header?.xmp && recordIn(header.xmp.toString("utf8"));
}

function parse(json: string | undefined) {
  try {
    const value = json === undefined ? undefined : (JSON.parse(json) as JsonValue);
    return value !== undefined && isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function noWorkflow(name: string): EngineError {
  return new EngineError({
    code: "picture.no-workflow",
    message: `There is no workflow in ${name}.`,
    expected: "a PNG, JPEG, WebP or AVIF that Inlay saved with its workflow",
    suggestion: "Programs that save a picture anew often take the workflow out; look for the original.",
  });
}
