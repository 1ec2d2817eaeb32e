// `npm test`: builds, then runs every test. Arguments go to vitest, such as `npm test -- packages/raster`.
import { build } from "./build.mjs";
import { runTool } from "./run-command.mjs";

build();
runTool("vitest/vitest.mjs", ["run", ...process.argv.slice(2)]);
