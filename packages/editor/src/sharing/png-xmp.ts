import { inflated } from "./inflated.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const signature = [137, 80, 78, 71, 13, 10, 26, 10];

/**
 * The XMP packet of a PNG: in the chunk that the standard names, in the compressed one that libvips takes, or as the "raw
 * profile" of hexadecimal digits of older programs; undefined for what is no PNG and for one without.
 */
export async function xmpOfPng(bytes: Bytes): Promise<Bytes | undefined> {
  if (!signature.every((byte, at) => bytes[at] === byte)) return undefined;
  for (const { type, data } of chunksOf(bytes)) {
    const found = await xmpIn(type, data);
    if (found) return found;
  }
  return undefined;
}

function* chunksOf(bytes: Bytes): Generator<{ readonly type: string; readonly data: Bytes }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = signature.length; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const type = latin(bytes.subarray(at + 4, at + 8));
    if (type === "IEND") return;
    yield { type, data: bytes.subarray(at + 8, at + 8 + length) };
    at += 12 + length;
  }
}

async function xmpIn(type: string, data: Bytes): Promise<Bytes | undefined> {
  if (type !== "iTXt" && type !== "zTXt" && type !== "tEXt") return undefined;
  const end = data.indexOf(0);
  const keyword = latin(data.subarray(0, end));
  const isPacket = keyword === "XML:com.adobe.xmp";
  if (type === "iTXt") return isPacket ? international(data.subarray(end + 1)) : undefined;
  if (!isPacket && keyword !== "Raw profile type xmp") return undefined;
  // Behind the keyword of a zTXt stands how it is compressed: 0, always.
  const text = type === "tEXt" ? data.subarray(end + 1) : await inflated(data.subarray(end + 2));
  return isPacket ? text : text && fromHex(latin(text));
}

/** Whether it is compressed, how, a language, the keyword in it, and then the text. */
async function international(data: Bytes): Promise<Bytes | undefined> {
  const language = data.indexOf(0, 2);
  const text = data.subarray(data.indexOf(0, language + 1) + 1);
  return data[0] === 1 ? inflated(text) : text;
}

/** A line with the profile's name, one with its length in bytes, then hexadecimal digits in lines. */
function fromHex(text: string): Bytes | undefined {
  const [, digits] = /^\s*\w+\s+\d+\s+([0-9a-fA-F\s]*)$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const plain = digits.replaceAll(/\s/g, "");
  return Uint8Array.from({ length: plain.length >> 1 }, (_, at) => parseInt(plain.slice(at * 2, at * 2 + 2), 16));
}

function latin(bytes: Bytes): string {
  return new TextDecoder("latin1").decode(bytes);
}
