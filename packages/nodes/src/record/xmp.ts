import { deflateSync, inflateSync } from "node:zlib";
import type { PictureRecord } from "./picture-record.ts";

/** The longest XMP packet that a JPEG's one segment can hold, in bytes. */
export const longestJpegXmp = 65_000;

/** The longest record that is written or read, in bytes of JSON: as long as a workflow may be. */
const longestRecord = 32 * 2 ** 20;

/**
 * A record as an XMP packet, which PNG, JPEG, WebP and AVIF can hold: JSON as it is, or deflated and in base64 where it
 * would take more than `limit` bytes. Undefined when that is too long too.
 */
export function xmpOf(record: PictureRecord, limit = Infinity): string | undefined {
  const json = JSON.stringify(record);
  const plain = packet(`<inlay:record>${escapeXml(json)}</inlay:record>`);
  if (Buffer.byteLength(plain) <= limit) return plain;
  const short = packet(`<inlay:deflated>${deflateSync(json, { level: 9 }).toString("base64")}</inlay:deflated>`);
  return Buffer.byteLength(short) <= limit ? short : undefined;
}

function packet(content: string): string {
  return (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:inlay="urn:inlay:picture:1">' +
    `<xmp:CreatorTool>Inlay</xmp:CreatorTool>${content}</rdf:Description></rdf:RDF></x:xmpmeta>`
  );
}

/** The JSON text of the record in an XMP packet; undefined when there is none, or one that cannot be read. */
export function recordIn(xmp: string): string | undefined {
  const [, plain] = /<inlay:record>([^<]*)<\/inlay:record>/.exec(xmp) ?? [];
  if (plain !== undefined) return unescapeXml(plain);
  const [, deflated] = /<inlay:deflated>([A-Za-z0-9+/=\s]*)<\/inlay:deflated>/.exec(xmp) ?? [];
  return deflated === undefined ? undefined : inflate(deflated);
}

/** What is in a picture is of unknown origin: a few bytes may claim to be gigabytes. */
function inflate(base64: string): string | undefined {
  try {
    return inflateSync(Buffer.from(base64, "base64"), { maxOutputLength: longestRecord }).toString("utf8");
  } catch {
    return undefined;
  }
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot|apos);/g, (_whole, name: string) => entities[name]!);
}
