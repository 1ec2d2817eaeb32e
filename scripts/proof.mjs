// `npm run proof`: every test, with those that read `INLAY_PROOF` at full length: 10,000 mutated files.
import { build } from "./build.mjs";
import { runTool } from "./run-command.mjs";

build();
runTool("vitest/vitest.mjs", ["run", ...process.argv.slice(2)], { env: { ...process.env, INLAY_PROOF: "1" } });
