import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type NamedInput,
  readWorkflow,
  type Workflow,
} from "@inlay/engine";
import { inflated } from "./inflated.ts";
import { xmpOfPng } from "./png-xmp.ts";

/**
 * The workflow in a picture that Inlay saved (PNG, JPEG, WebP, AVIF); undefined when there is none. Its record is XML in the
 * file's metadata, which stands there as it is, and in PNG perhaps compressed. Where the picture tells the values of its run, the named
 * inputs have them, as far as they are texts, numbers and switches.
 */
export async function workflowInPicture(file: Blob): Promise<Workflow | undefined> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const record = parsed(await recordIn((await xmpOfPng(bytes)) ?? bytes));
  if (!record || record["workflow"] === undefined) return undefined;
  const { workflow } = readWorkflow(JSON.stringify(record["workflow"]));
  const { inputs } = record;
  return workflow && inputs !== undefined && isJsonObject(inputs) ? withValues(workflow, inputs) : workflow;
}

async function recordIn(xmp: Uint8Array): Promise<string | undefined> {
  const plain = between(xmp, "<inlay:record>", "</inlay:record>");
  if (plain !== undefined) return unescapeXml(plain);
  const deflated = between(xmp, "<inlay:deflated>", "</inlay:deflated>");
  const bytes = deflated === undefined ? undefined : await inflated(fromBase64(deflated));
  return bytes && new TextDecoder().decode(bytes);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

/** The text between two marks; `<` occurs in it nowhere, since it is XML. */
function between(bytes: Uint8Array, start: string, end: string): string | undefined {
  for (let at = bytes.indexOf(60); at >= 0; at = bytes.indexOf(60, at + 1)) {
    if (!standsAt(bytes, at, start)) continue;
    const from = at + start.length;
    const to = bytes.indexOf(60, from);
    return to >= 0 && standsAt(bytes, to, end) ? new TextDecoder().decode(bytes.subarray(from, to)) : undefined;
  }
  return undefined;
}

function standsAt(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot|apos);/g, (_whole, name: string) => entities[name]!);
}

function parsed(json: string | undefined): JsonObject | undefined {
  try {
    const value = json === undefined ? undefined : (JSON.parse(json) as JsonValue);
    return value !== undefined && isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function withValues(workflow: Workflow, values: JsonObject): Workflow {
  const given = (name: string, input: NamedInput): NamedInput => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    const isPlain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    return isPlain && fits(value, input) ? { ...input, default: value } : input;
  };
  const inputs = Object.entries(workflow.inputs).map(([name, input]) => [name, given(name, input)] as const);
  return { ...workflow, inputs: Object.fromEntries(inputs) };
}

function fits(value: string | number | boolean, { type }: NamedInput): boolean {
  if (type === "integer" || type === "number") return typeof value === "number";
  return type === typeof value;
}
