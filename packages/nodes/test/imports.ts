import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What importing a module imports at once, without what it imports later by `import()`. */
export interface StaticImports {
  /** Paths of our own modules, the first one too. */
  readonly modules: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
}

export function staticImports(entry: string): StaticImports {
  const modules = new Set<string>();
  const packages = new Set<string>();
  const pending = [entry];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (modules.has(path) || !existsSync(path)) continue;
    modules.add(path);
    for (const specifier of importsOf(readFileSync(path, "utf8"))) {
      if (specifier.startsWith(".")) pending.push(join(dirname(path), specifier));
      else packages.add(specifier);
    }
  }
  return { modules, packages };
}

/** `import type` costs nothing at run time. */
function importsOf(text: string): string[] {
  const statements = text.matchAll(/^(?:import|export) (?!type )[^;]*?from "([^"]+)";$/gm);
  return Array.from(statements, ([, specifier]) => specifier!);
}
