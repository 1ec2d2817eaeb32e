// `npm test`: builds, then runs every test. Arguments go to vitest, such as `npm test -- packages/raster`.
import { build } from "./build.mjs";
import { setupChrome } from "./find-chrome.mjs";
import { runTool } from "./run-command.mjs";

build();
setupChrome();
runTool("vitest/vitest.mjs", ["run", ...process.argv.slice(2)]);
