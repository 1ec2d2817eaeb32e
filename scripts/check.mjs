// `npm run check`: types, lint, format, dead code, generated files. Everything is run; the first failure ends it.
import { build } from "./build.mjs";
import { root, runCommand, runTool } from "./run-command.mjs";

build();
runTool("typescript/bin/tsc", ["-p", "tsconfig.tests.json"]);
runTool("oxlint/bin/oxlint", ["--type-aware", "--deny-warnings"]);
runTool("prettier/bin/prettier.cjs", ["--check", "--cache", "--log-level", "warn", "."]);
runTool("knip/bin/knip.js", ["--no-config-hints"]);
runCommand(process.execPath, [`${root}scripts/generate.mjs`, "--check"]);
console.error("Everything is in order.");
