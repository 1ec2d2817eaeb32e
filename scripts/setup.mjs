// Makes a clone ready to run, with nothing but Node and npm: installs what package.json names, once per lock file.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { root, runCommand } from "./run-command.mjs";

const leastNode = [20, 19];

export function setup() {
  checkNode();
  const wanted = lockFileHash();
  const stamp = `${root}node_modules/.inlay-installed`;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  console.error(`Installing what Inlay needs (once), with ${packageManager} …`);
  runCommand(
    "npx",
    [
      "--yes",
      packageManager,
      "install",
      "--frozen-lockfile",
      "--config.confirm-modules-purge=false",
      "--config.update-notifier=false",
      "--reporter=append-only",
    ],
    {
      stdio: ["ignore", process.stderr, process.stderr],
      shell: process.platform === "win32",
    },
  );
  writeFileSync(stamp, wanted);
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])) return;
  console.error(`Inlay needs Node ${leastNode.join(".")} or newer; this is ${process.version}.`);
  process.exit(2);
}

function lockFileHash() {
  const hash = createHash("sha256");
  for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json"]) hash.update(readFileSync(root + file));
  return hash.digest("hex");
}
