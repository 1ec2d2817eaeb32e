// `npm run generate`: writes the files that are derived from code (catalogue, node docs, JSON Schema).
// `-- --check` writes nothing and fails when one of them is not what it would write.
import { build } from "./build.mjs";
import { root, runCommand } from "./run-command.mjs";

build();
const check = process.argv.includes("--check") ? ["--check"] : [];
for (const script of [
  "packages/sandbox/scripts/generate.mjs",
  "packages/nodes/scripts/generate.mjs",
  "scripts/generate-docs.mjs",
]) {
  runCommand(process.execPath, [root + script, ...check]);
}
