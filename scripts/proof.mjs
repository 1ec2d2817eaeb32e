// `npm run proof`: every test, with those that read `INLAY_PROOF` at full length: 10,000 mutated files.
import { build } from "./build.mjs";
import { setupChrome } from "./find-chrome.mjs";
import { runTool } from "./run-command.mjs";

build();
setupChrome();
runTool("vitest/vitest.mjs", ["run", ...process.argv.slice(2)], { env: { ...process.env, INLAY_PROOF: "1" } });
