import { open } from "node:fs/promises";
import { headerBytes, headerStart } from "./encode-outputs.ts";

const hashPattern = /"sha256":"([0-9a-f]{64})"/g;
const keyPattern = /"([0-9a-f]{64})"/g;

/** The SHA-256 of every file and artifact that an entry of the cache names, read from its header; none when it has none. */
export async function hashesInEntry(path: string): Promise<readonly string[]> {
  return [...(await headerOf(path)).matchAll(hashPattern)].map(([, hash = ""]) => hash);
}

/** Every text in an entry that may be a key: those of its items, when it is a list's. */
export async function keysInEntry(path: string): Promise<readonly string[]> {
  return [...(await headerOf(path)).matchAll(keyPattern)].map(([, key = ""]) => key);
}

async function headerOf(path: string): Promise<string> {
  const handle = await open(path, "r").catch(() => undefined);
  if (!handle) return "";
  try {
    const start = Buffer.alloc(headerStart);
    await handle.read(start, 0, headerStart, 0);
    const header = Buffer.alloc(headerBytes(start) ?? 0);
    await handle.read(header, 0, header.length, headerStart);
    return header.toString("utf8");
  } catch {
    return "";
  } finally {
    await handle.close();
  }
}
