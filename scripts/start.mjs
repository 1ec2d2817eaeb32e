// `npm start`: builds, then serves a sample workspace with the sandbox (no key, no network, no cost) and prints the address
// that opens it. `--workspace folder` serves another one, `--port n` elsewhere, `--no-build` what was built before.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { root } from "./run-command.mjs";

const options = readOptions();
if (!options["no-build"]) build();

const workspace = resolve(root, options.workspace);
makeSample(workspace);
console.error(`The workspace is ${workspace}. Open this address in a browser; Ctrl+C ends the server:`);
const port = options.port === undefined ? [] : ["--port", options.port];
process.argv.splice(2, process.argv.length, "serve", "--sandbox", "--workspace", workspace, ...port);
await import("../packages/cli/bin/inlay.js");

function readOptions() {
  try {
    return parseArgs({
      options: {
        workspace: { type: "string", default: "inlay-sample" },
        port: { type: "string" },
        "no-build": { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    console.error(error.message);
    process.exit(2);
  }
}

/** What lies there already is somebody's work, and stays as it is. */
function makeSample(folder) {
  const workflows = join(folder, "workflows");
  if (existsSync(workflows)) return;
  mkdirSync(workflows, { recursive: true });
  const example = `${root}examples/remove-spoon/`;
  cpSync(`${example}coffee.png`, join(folder, "coffee.png"));
  const text = readFileSync(`${example}workflow.json`, "utf8");
  // The schema that the server keeps in the workspace.
  const placed = text.replace("../../docs/workflow.schema.json", "../.inlay/workflow.schema.json");
  writeFileSync(join(workflows, "remove-spoon.json"), placed);
}
