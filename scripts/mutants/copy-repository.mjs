import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/**
 * A copy of the repository's own files in a temporary folder. What is installed and built is linked, the repository's
 * packages to their copies, so that every import leads to a copy.
 */
export function copyRepository(root) {
  const path = mkdtempSync(join(tmpdir(), "inlay-mutants-"));
  for (const file of ownFiles(root)) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    cpSync(join(root, file), join(path, file));
  }
  linkModules(join(root, "node_modules"), join(path, "node_modules"));
  for (const name of readdirSync(join(root, "packages"))) {
    const [from, to] = [join(root, "packages", name), join(path, "packages", name)];
    linkModules(join(from, "node_modules"), join(to, "node_modules"));
    if (existsSync(join(from, "dist"))) symlinkSync(join(from, "dist"), join(to, "dist"));
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Files under version control, and new ones that are not ignored. */
function ownFiles(root) {
  const list = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const { stdout, status, error } = spawnSync("git", list, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error("git cannot list the repository's files.", { cause: error });
  return stdout.split("\0").filter((file) => file !== "" && existsSync(join(root, file)));
}

/** Relative links are kept, for they lead to the same place in the copy; all else is linked as it stands. */
function linkModules(from, to) {
  if (!existsSync(from)) return;
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    if (lstatSync(source).isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else if (name.startsWith("@")) linkModules(source, target);
    else if (name !== ".vite" && name !== ".vite-temp") symlinkSync(source, target);
  }
}
