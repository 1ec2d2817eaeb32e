// The sample, headless: a photograph goes through load, mask, inpaint and save, against the local sandbox.
import { build } from "./build.mjs";
import { root, runCommand } from "./run-command.mjs";

build();
console.error(
  "Removing the spoon from examples/remove-spoon/coffee.png; the sandbox stands in for RunComfy, no key, no cost.",
);
runCommand(process.execPath, [
  `${root}packages/cli/bin/inlay.js`,
  "run",
  "examples/remove-spoon/workflow.json",
  "--sandbox",
  ...process.argv.slice(2),
]);
