import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { root } from "../run-command.mjs";

const folder = `${root}tests/mutants/`;

/**
 * The mutants of the named lists, or of all: `{ name, file, find, replace, tests }`. In `file` the text `find`, which
 * stands there once, becomes `replace`; then one of the tests in the files `tests` must fail.
 */
export function readMutants(names) {
  const lists = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const paths = names.length === 0 ? lists.map((name) => folder + name) : names.map(pathOf);
  return paths.flatMap((path) => {
    return JSON.parse(readFileSync(path, "utf8")).map((mutant) => ({ list: basename(path), ...mutant }));
  });
}

function pathOf(name) {
  return existsSync(name) ? name : `${folder}${name}.json`;
}

/** What keeps mutants from being made, a line each. */
export function checkMutants(mutants) {
  return mutants.flatMap(({ list, name, file, find, replace, tests }) => {
    const place = `${list}, ${JSON.stringify(name)}: `;
    const missing = [file, ...tests].filter((path) => !existsSync(root + path));
    if (missing.length > 0) return [`${place}there is no ${missing.join(", no ")}.`];
    if (tests.length === 0) return [`${place}no test file is named.`];
    if (find === replace) return [`${place}nothing is changed.`];
    const times = readFileSync(root + file, "utf8").split(find).length - 1;
    return times === 1 ? [] : [`${place}in ${file} the text stands ${times} times, not once: ${find}`];
  });
}
