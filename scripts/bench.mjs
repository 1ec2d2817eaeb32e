// `npm run bench`: measures and writes bench/results.md. Arguments go to bench/run.mjs, such as `-- --rows engine`.
import { build } from "./build.mjs";
import { root, runCommand } from "./run-command.mjs";

build();
runCommand(process.execPath, [`${root}bench/run.mjs`, ...process.argv.slice(2)]);
