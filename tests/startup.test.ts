import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const bundle = fileURLToPath(new URL("../packages/cli/bundle/", import.meta.url));

/** What a file of the bundle imports at once, before any of its code runs. */
function importsOf(file: string): string[] {
  const text = readFileSync(bundle + file, "utf8");
  return [...text.matchAll(/^(?:import|export) (?:[^"\n]* from )?"([^"\n]+)";$/gm)].map(([, name = ""]) => name);
}

/** Modules outside of the bundle and of Node that a file brings with it, through all others that it imports. */
function broughtBy(file: string): string[] {
  const open = [file];
  const outside = new Set<string>();
  for (const next of open) {
    for (const name of importsOf(next)) {
      if (!name.startsWith("./")) outside.add(name);
      else if (!open.includes(name.slice(2))) open.push(name.slice(2));
    }
  }
  return [...outside].filter((name) => !name.startsWith("node:"));
}

test.each(["validate", "describe", "nodes", "plan", "run"])(
  "%s loads nothing heavy before it knows that it is needed",
  (command) => {
    const [, file] = new RegExp(`import\\("\\./(${command}-[^"]+)"\\)`).exec(
      readFileSync(`${bundle}inlay.js`, "utf8"),
    )!;
    expect(importsOf(file!)).not.toEqual([]);
    expect(broughtBy(file!)).toEqual([]);
  },
);

test("what a node's definition needs of zod brings neither its languages nor the rest", () => {
  const files = readdirSync(bundle).filter((file) => file.endsWith(".js"));
  const whole = files.find((file) => file.startsWith("zod-"));
  const users = files.filter((file) => importsOf(file).includes(`./${whole}`)).map((file) => file.replace(/-.*/, ""));
  expect(users.toSorted()).toEqual(["index.js", "server"]);
});
