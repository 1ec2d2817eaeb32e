// `npm run proof`: the tests with their slow parts at full length: fuzzing, kills, soak. At most 45 minutes.
import { build } from "./build.mjs";
import { runTool } from "./run-command.mjs";

build();
runTool("vitest/vitest.mjs", ["run", ...process.argv.slice(2)], { env: { ...process.env, INLAY_PROOF: "1" } });
