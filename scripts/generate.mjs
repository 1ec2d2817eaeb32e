// `npm run generate`: writes the files that are derived from code (catalogue, node docs, JSON Schema).
// `-- --check` writes nothing and fails when one of them is not what it would write.
import { build } from "./build.mjs";
import { root, runCommand } from "./run-command.mjs";

const check = process.argv.includes("--check") ? ["--check"] : [];
build();
generate("packages/sandbox/scripts/generate.mjs");
generate("packages/nodes/scripts/generate.mjs");
// The pages below are made from the built catalogue, which may be new by now.
if (check.length === 0) build();
generate("scripts/generate-docs.mjs");

function generate(script) {
  runCommand(process.execPath, [root + script, ...check]);
}
