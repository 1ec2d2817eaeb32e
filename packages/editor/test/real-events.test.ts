import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL("browser/", import.meta.url));

/** What sets values or sends events past mouse and keys, or reaches into the page's modules. */
const shortcuts =
  /\.(fill|clear|check|uncheck|setChecked|selectOption|selectText|dispatchEvent|setInputFiles|setFiles|addScriptTag)\(|\bimport\(/g;

/** What no mouse and no key can do: the system's own file chooser, and how hard a pen presses. */
const excepted: Readonly<Record<string, readonly string[]>> = {
  "mask-editor.test.ts": [".setInputFiles("],
  "sharing.test.ts": [".setFiles("],
  "painted-node.test.ts": [".dispatchEvent("],
};

test.each(readdirSync(folder))("%s uses the page by mouse and keys alone", (name) => {
  const found = readFileSync(join(folder, name), "utf8").match(shortcuts) ?? [];
  expect(found.filter((call) => !excepted[name]?.includes(call))).toEqual([]);
});
