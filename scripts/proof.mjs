// `npm run proof`: every test, with those that read `INLAY_PROOF` at full length, such as 10,000 mutated files; then every
// fault of tests/mutants/, each of which a test must notice. With arguments only the tests that they name.
import { build } from "./build.mjs";
import { setupChrome } from "./find-chrome.mjs";
import { root, runCommand, runTool } from "./run-command.mjs";

build();
setupChrome();
const names = process.argv.slice(2);
runTool("vitest/vitest.mjs", ["run", ...names], { env: { ...process.env, INLAY_PROOF: "1" } });
if (names.length === 0) runCommand(process.execPath, [`${root}scripts/mutants.mjs`]);
