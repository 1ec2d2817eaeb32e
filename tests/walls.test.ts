import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const packagesDir = fileURLToPath(new URL("../packages/", import.meta.url));

/** Which of our own packages each package may import. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  raster: [],
  patchmatch: [],
  runcomfy: [],
  nodes: ["engine", "raster", "patchmatch", "runcomfy"],
  sandbox: ["patchmatch"],
  host: ["engine", "runcomfy"],
  cli: ["host", "engine", "nodes", "sandbox"],
  editor: ["engine", "raster"],
};

/** Packages that must run where there is no Node. `patchmatch` keeps Node in its `node` folder. */
const withoutNode = ["engine", "raster", "patchmatch"];

function sources(name: string): string[] {
  const files = readdirSync(join(packagesDir, name, "src"), { recursive: true, encoding: "utf8" });
  return files.filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".test.ts"));
}

function importsOf(name: string, file: string): string[] {
  const text = readFileSync(join(packagesDir, name, "src", file), "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"\n]+)"/g)].map(([, target = ""]) => target);
}

const own = (target: string): string | undefined =>
  target === "inlay" ? "cli" : /^@inlay\/([a-z]+)/.exec(target)?.[1];

test("every package has its walls written down", () => {
  expect(readdirSync(packagesDir).toSorted()).toEqual(Object.keys(allowed).toSorted());
});

test.each(Object.keys(allowed))("%s imports none of our packages but those that it may", (name) => {
  const reached = sources(name).flatMap((file) =>
    importsOf(name, file)
      .map(own)
      .filter((target) => target !== undefined),
  );
  expect([...new Set(reached)].filter((target) => !allowed[name]!.includes(target))).toEqual([]);
});

test.each(Object.keys(allowed))("%s declares the packages that it imports, and no other of ours", (name) => {
  const { dependencies = {} } = JSON.parse(readFileSync(join(packagesDir, name, "package.json"), "utf8")) as {
    dependencies?: Record<string, string>;
  };
  const declared = Object.keys(dependencies).flatMap((dependency) => own(dependency) ?? []);
  const reached = new Set(
    sources(name).flatMap((file) => importsOf(name, file).flatMap((target) => own(target) ?? [])),
  );
  expect(declared.toSorted()).toEqual([...reached].toSorted());
});

test.each(withoutNode)("%s knows no Node", (name) => {
  const offenders = sources(name).filter((file) => !file.startsWith("node/") || name === "engine");
  expect(offenders.filter((file) => importsOf(name, file).some((target) => target.startsWith("node:")))).toEqual([]);
});

test("no package reaches into another's folder", () => {
  const crossing = Object.keys(allowed).flatMap((name) =>
    sources(name).filter((file) =>
      importsOf(name, file).some((target) => target.startsWith("../".repeat(file.split("/").length + 1))),
    ),
  );
  expect(crossing).toEqual([]);
});

test("only the editor's adapter imports Rete", () => {
  const others = sources("editor").filter((file) => !file.startsWith("canvas/rete/"));
  expect(others.filter((file) => importsOf("editor", file).some((target) => target.startsWith("rete")))).toEqual([]);
});
