// `npm run mutants`: are the tests worth their name? Each list in tests/mutants/ names small faults, one line each, and the
// test files that must notice. Every fault is made in a copy of the repository, and its tests are run; the table says
// which test turned red. Exit status 1 when a fault goes unnoticed.
//
//   npm run mutants                  all lists
//   npm run mutants -- engine        tests/mutants/engine.json alone; a path to a list works too
//   npm run mutants -- --check       runs nothing: only that each line to change is still there, once
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyRepository } from "./mutants/copy-repository.mjs";
import { checkMutants, readMutants } from "./mutants/read-mutants.mjs";
import { runTests } from "./mutants/run-tests.mjs";
import { root } from "./run-command.mjs";

const names = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const mutants = readMutants(names);
const problems = checkMutants(mutants);
if (problems.length > 0) fail(problems.join("\n"));
if (process.argv.includes("--check")) console.log(`${mutants.length} mutants can be made.`);
else process.exitCode = runAll();

/** The exit status: 1 when a mutant survives or breaks more than a test. */
function runAll() {
  const copy = copyRepository(root);
  process.on("exit", copy.remove);
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));
  const tests = [...new Set(mutants.flatMap((mutant) => mutant.tests))];
  console.error(`The tests as they are: ${tests.length} files …`);
  const before = runTests(copy.path, tests);
  if (before.outcome !== "green") fail(`Without any fault the tests are not green:\n${before.detail}`);

  const rows = mutants.map((mutant) => runMutant(copy.path, mutant));
  console.log(table(rows));
  const unnoticed = rows.filter(({ outcome }) => outcome !== "noticed");
  console.log(`${rows.length - unnoticed.length} of ${rows.length} noticed.`);
  return unnoticed.length > 0 ? 1 : 0;
}

/** Makes the fault, runs its tests, and takes the fault back. */
function runMutant(copy, { name, file, find, replace, tests }) {
  const path = join(copy, file);
  const text = readFileSync(path, "utf8");
  writeFileSync(
    path,
    text.replace(find, () => replace),
  );
  const { outcome, detail } = runTests(copy, tests);
  writeFileSync(path, text);
  const seen = outcome === "red" ? "noticed" : outcome === "green" ? "SURVIVED" : "BROKEN";
  console.error(`${seen}: ${name}`);
  return { name, outcome: seen, detail };
}

function table(rows) {
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows.map(({ name, outcome, detail }) => `${name.padEnd(width)}  ${outcome.padEnd(8)}  ${detail}`).join("\n");
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
