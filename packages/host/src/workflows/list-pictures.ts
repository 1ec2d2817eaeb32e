import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** A picture file in the workspace. */
export interface PictureFile {
  readonly path: string;
  readonly size: number;
  /** When it was last written, in milliseconds since 1970. */
  readonly modified: number;
}

const deepest = 4;
const mostLooked = 20_000;
const mostListed = 1000;
const isPicture = /\.(png|jpe?g|webp|avif|gif|tiff?)$/i;

/** The pictures in a workspace, by their names, the one written last first; names that begin with a dot are left out. */
export async function listPictures(root: string): Promise<readonly PictureFile[]> {
  const found: PictureFile[] = [];
  const open: (readonly [folder: string, depth: number])[] = [["", 1]];
  let looked = 0;
  for (let next = open.pop(); next !== undefined && looked < mostLooked; next = open.pop()) {
    const [folder, depth] = next;
    for (const item of await readdir(join(root, folder), { withFileTypes: true }).catch(() => [])) {
      looked++;
      if (item.name.startsWith(".")) continue;
      const path = folder === "" ? item.name : `${folder}/${item.name}`;
      if (item.isDirectory() && depth < deepest) open.push([path, depth + 1]);
      if (!item.isFile() || !isPicture.test(item.name)) continue;
      const info = await stat(join(root, path)).catch(() => undefined);
      if (info) found.push({ path, size: info.size, modified: Math.round(info.mtimeMs) });
    }
  }
  return found.sort((a, b) => b.modified - a.modified || (a.path < b.path ? -1 : 1)).slice(0, mostListed);
}
