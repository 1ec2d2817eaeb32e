import { fileError } from "./file-error.ts";

/** The host's own folder in a workspace, which no workflow may read or write. */
export const stateFolder = ".inlay";

/** Windows opens a device for these names, whatever their extension. */
const deviceName = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i;

/** Windows refuses these in a name; control characters confuse terminals everywhere. */
const forbiddenWhenWriting = /[\p{Cc}<>:"|?*]/u;

/** Leaves room for `-12345` and for the temporary name within the 255 bytes that most file systems allow. */
const longestName = 200;

/**
 * The parts of a path that a workflow names, such as `["photos", "coffee.png"]`; `.` and empty parts are dropped.
 *
 * Refuses by the text alone what can leave a folder or means something else on another system: absolute paths, drives
 * and `..` with `file.outside-workspace`; NUL, backslashes and device names such as `nul.png` with `file.bad-name`.
 */
export function relativeParts(path: string): readonly string[] {
  if (path.includes("\0")) throw badName(path.replaceAll("\0", "\\0"), "holds a NUL character");
  if (path.startsWith("/") || /^[a-z]:/i.test(path) || path.startsWith("\\\\")) throw outside(path, "is absolute");
  const parts = path.split(/[/\\]/).filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) throw outside(path, "holds `..`");
  if (path.includes("\\")) throw badName(path, "holds a backslash", "Write `/` between folders.");
  const device = parts.find((part) => deviceName.test(stemOf(part)));
  if (device !== undefined) throw badName(path, `holds \`${device}\`, which is a device on Windows`);
  return parts;
}

/**
 * The parts of a path to write, fit for every common file system: like {@link relativeParts}, and refuses characters
 * and endings that Windows cannot hold with `file.bad-name`. Parts over 200 bytes of UTF-8 are shortened before their
 * extension.
 */
export function writableParts(path: string): readonly string[] {
  const parts = relativeParts(path);
  if (parts.length === 0 || path.endsWith("/")) throw badName(path, "has no file name");
  if (namesStateFolder(path)) throw outside(path, "leads into Inlay's own folder");
  for (const part of parts) {
    const bad = forbiddenWhenWriting.exec(part);
    if (bad) throw badName(path, `holds ${JSON.stringify(bad[0])}, which some systems cannot store`);
    if (/[. ]$/.test(part)) throw badName(path, "holds a name that ends with a dot or a space");
  }
  return parts.map(shortened);
}

/** `cup.png` numbered 2 is `cup-2.png`. */
export function numbered(name: string, number: number): string {
  const extension = extensionOf(name);
  return `${name.slice(0, name.length - extension.length)}-${number}${extension}`;
}

/** Whether a path goes through a folder named `.inlay`; some file systems ignore case. */
export function namesStateFolder(path: string): boolean {
  return path.split(/[/\\]/).some((part) => part.toLowerCase() === stateFolder);
}

/** The error for a path that leaves its folder. */
export function outside(path: string, why: string): Error {
  return fileError("file.outside-workspace", {
    path,
    message: `The path \`${path}\` ${why}; a workflow reaches only files in its workspace.`,
    expected: "a path relative to the workspace, such as `photos/coffee.png`",
    suggestion: "Move the file into the workspace, or give it as an input of the run.",
  });
}

function badName(path: string, why: string, suggestion?: string): Error {
  const message = `The path ${JSON.stringify(path)} ${why}.`;
  return fileError("file.bad-name", { path, message, ...(suggestion === undefined ? {} : { suggestion }) });
}

function stemOf(name: string): string {
  return (name.split(".")[0] ?? "").trimEnd();
}

/** The last dot and what follows, when it is short enough to be an extension. */
function extensionOf(name: string): string {
  return /(?<=.)\.[^.]{1,12}$/u.exec(name)?.[0] ?? "";
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= longestName) return name;
  const extension = extensionOf(name);
  let room = longestName - Buffer.byteLength(extension);
  let stem = "";
  for (const character of name.slice(0, name.length - extension.length)) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    stem += character;
  }
  return stem.trimEnd().replace(/\.+$/, "") + extension;
}
