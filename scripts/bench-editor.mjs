// `npm run bench:editor`: measures the editor beside others in a real browser and writes bench/editor-results.md and .json.
// Arguments go to bench/editor/run.mjs, such as `-- --counts 500 --quick`.
import { build } from "./build.mjs";
import { setupChrome } from "./find-chrome.mjs";
import { root, runCommand } from "./run-command.mjs";

build();
setupChrome();
runCommand(process.execPath, [`${root}bench/editor/run.mjs`, ...process.argv.slice(2)]);
