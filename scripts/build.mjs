// Compiles every package (types and JavaScript into dist/) and bundles the command line into packages/cli/bundle/ and the
// editor into packages/editor/dist/.
import { pathToFileURL } from "node:url";
import { runTool } from "./run-command.mjs";
import { setup } from "./setup.mjs";

export function build() {
  setup();
  console.error("Building …");
  runTool("typescript/bin/tsc", ["-b"]);
  runTool("vite/bin/vite.js", ["build", "packages/cli", "--logLevel", "warn"]);
  runTool("vite/bin/vite.js", ["build", "packages/editor", "--logLevel", "warn"]);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) build();
