/** Nothing that a picture tells of itself is longer, in bytes: as long as a workflow may be, twice. */
const longest = 64 * 2 ** 20;

/** What zlib has made smaller; undefined when it is damaged, or longer than it may be: a few bytes may claim to be gigabytes. */
export async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    let size = 0;
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.length;
      if (size > longest) {
        await reader.cancel();
        return undefined;
      }
      pieces.push(next.value as Uint8Array<ArrayBuffer>);
    }
    return new Uint8Array(await new Blob(pieces).arrayBuffer());
  } catch {
    return undefined;
  }
}
