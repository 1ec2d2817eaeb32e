/** Ids of nodes, and names of named inputs, named outputs and sub-workflows. */
export const idPattern = /^[a-z][a-z0-9_-]{0,63}$/;

/** An asset's key: the SHA-256 of its bytes. */
export const sha256Pattern = /^[0-9a-f]{64}$/;

const urlOrDrive = /^[a-z][a-z0-9+.-]*:/i;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const controlOrBackslash = /[\u0000-\u001f\u007f\\]/;

/**
 * What keeps a text from being a path inside the workspace, or undefined when it is one: relative, `/` between folders,
 * no `..`. The host checks links of the file system on top of it.
 */
export function pathProblem(path: string): string | undefined {
  if (path === "") return "The path is empty.";
  if (controlOrBackslash.test(path)) return "The path holds a backslash or a control character.";
  if (path.startsWith("/")) return "The path is absolute.";
  if (urlOrDrive.test(path)) return "The path names a drive or a URL.";
  return path.split("/").includes("..") ? "The path leads out of the workspace." : undefined;
}

/** A URL of https, without a user's name, blanks and backslashes. */
export const httpsUrl = /^https:\/\/[^/?#@\s\\]+(?:[/?#][^\s\\]*)?$/;

/** Whether a text starts like a URL of the web. */
function isWebUrl(text: string): boolean {
  return /^https?:/i.test(text);
}

/**
 * What keeps a text from naming a file of the workspace or of the web, or undefined: a path as `pathProblem` wants it, or
 * an https URL without a user's name.
 */
export function fileProblem(name: string): string | undefined {
  if (!isWebUrl(name)) return pathProblem(name);
  if (/^http:/i.test(name)) return "The URL is not https.";
  return httpsUrl.test(name) ? undefined : "The URL is malformed, or holds a user's name.";
}
