import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { smallCatalog } from "../../test/small-catalog.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { formatDiagnostic, formatPath } from "../diagnostics/format-diagnostic.ts";
import { openWorkflow } from "./open-workflow.ts";

/** For each file: where its first diagnostic points, and words that its text holds. */
const broken: { readonly [code: string]: readonly [place: string, path: string, words: string] } = {
  "asset.unknown": ["4:63", "nodes.load.inputs.source", "Add it under `assets`"],
  "format.bad-asset": ["4:115", `assets.${"0".repeat(64)}.size`, "the size of `data`, 3"],
  "format.bad-id": ["5:5", "nodes.Save Image", "Use `save-image`."],
  "format.bad-path": ["4:75", "nodes.load.inputs.source.$file", "leads out of the workspace"],
  "format.bad-reference": ["9:9", "nodes.save.inputs.image", "Did you mean `$link`?"],
  "format.bad-value": ["8:7", "nodes.save.disabled", "Did you mean `mute`?"],
  "format.missing": ["5:5", "nodes.save.version", "`version` is missing"],
  "format.not-a-workflow": ["1:1", "", "looks like a ComfyUI workflow"],
  "format.version-invalid": ["2:3", "inlay", 'the string "1.0"'],
  "format.version-newer": ["2:3", "inlay", "Update Inlay"],
  "format.wrong-type": ["3:3", "nodes", "`nodes` must be an object"],
  "graph.cycle": ["4:5", "nodes.first", "first → second → third → first"],
  "input.choice": ["13:9", "nodes.inpaint.inputs.mode", "Did you mean `good`?"],
  "input.missing": ["8:7", "nodes.inpaint.inputs.mask", "required input `mask` of `inpaint`"],
  "input.needs-link": ["9:9", "nodes.save.inputs.image", "Link it to an output"],
  "input.needs-load": ["8:9", "nodes.save.inputs.image", "Put an image/load node between"],
  "input.pattern": ["12:9", "nodes.inpaint.inputs.prompt", "text that is not empty"],
  "input.range": ["11:9", "nodes.feather.inputs.radius", "integer from 0 to 512"],
  "input.type": ["11:9", "nodes.feather.inputs.radius", "Write 8 without quotes"],
  "input.unknown": ["11:9", "nodes.inpaint.inputs.promt", "Did you mean `prompt`?"],
  "json.duplicate-key": ["5:5", "nodes.load", "second time"],
  "json.empty": ["1:1", "", "empty"],
  "json.forbidden-key": ["10:9", "nodes.save.inputs.__proto__", "Rename the key"],
  "json.syntax": ["8:7", "", "a comma or `}`"],
  "json.too-deep": ["4:68", `note${"[0]".repeat(63)}`, "64 levels"],
  "json.unsafe-number": ["11:19", "nodes.feather.inputs.radius", "12345678901234567890"],
  "link.type": ["10:9", "nodes.save.inputs.image", "expected image, received mask"],
  "link.unknown-node": ["9:9", "nodes.save.inputs.image", "Did you mean `load`?"],
  "link.unknown-output": ["9:9", "nodes.save.inputs.image", "Did you mean `image`?"],
  "named-input.unknown": ["7:63", "nodes.load.inputs.source", "expected `photo`"],
  "named-output.unknown-node": ["4:17", "outputs.result.node", "Did you mean `save`?"],
  "named-output.unknown-output": ["4:33", "outputs.result.output", "expected `image`"],
  "node.bypass": ["9:9", "nodes.save.inputs.image", "Turn `load` on"],
  "node.muted": ["9:9", "nodes.save.inputs.image", "Turn `load` on"],
  "node.newer": ["7:7", "nodes.save.version", "Update the pack"],
  "node.older": ["7:7", "nodes.renewed.version", "Replace the node"],
  "node.unknown-type": ["6:7", "nodes.save.type", "Did you mean `image/save`?"],
  "pin.missing": ["10:63", "nodes.save.inputs.image", "Pin `load` again"],
  "pin.unknown-output": ["8:19", "nodes.load.pinned.imag", "Did you mean `image`?"],
  "pin.value": ["8:19", "nodes.load.pinned.width", 'expected integer, received the string "600"'],
  "workflow.recursion": ["9:5", "workflows.hen", "circle: hen → egg → hen"],
  "workflow.unknown": ["6:7", "nodes.part.type", "Did you mean `soften-edges`?"],
};

const questionable: typeof broken = {
  "format.unknown-key": ["4:3", "nods", "Did you mean `nodes`?"],
  "named-input.unused": ["4:5", "inputs.photo", '{ "$input": "photo" }'],
  "node.idle-timeout": ["7:53", "nodes.part.timeout", "Set the timeouts of nodes inside"],
  "node.migrated": ["7:7", "nodes.moved.version", "opened as version 2"],
  "pack.mismatch": ["4:5", "packs.test", "Install test@^2.0.0"],
  "pack.missing": ["4:5", "packs.someone-elses-nodes", "Install someone-elses-nodes"],
};

function diagnose(text: string): readonly Diagnostic[] {
  return openWorkflow(text, smallCatalog).diagnostics;
}

function fixture(folder: string, name: string): URL {
  return new URL(`../../fixtures/${folder}/${name}`, import.meta.url);
}

function expectFirst(folder: string, code: string, [place, path, words]: readonly [string, string, string]) {
  const [first] = diagnose(readFileSync(fixture(folder, `${code}.json`), "utf8"));
  expect(first?.code).toBe(code);
  expect(`${first?.line}:${first?.column}`).toBe(place);
  expect(formatPath(first?.path ?? ["?"])).toBe(path);
  expect(first && formatDiagnostic(first)).toContain(words);
  return first;
}

test.each(Object.entries(broken))("a broken file gives %s", (code, expected) => {
  expect(expectFirst("broken", code, expected)?.severity).toBe("error");
});

test.each(Object.entries(questionable))("a questionable file gives the warning %s", (code, expected) => {
  expect(expectFirst("warnings", code, expected)?.severity).toBe("warning");
});

test("every fixture is one of these", () => {
  expect(readdirSync(fixture("broken", "")).sort()).toEqual(
    Object.keys(broken)
      .sort()
      .map((code) => `${code}.json`),
  );
});

test("a misspelled required input is one error, not two", () => {
  expect(diagnose(readFileSync(fixture("broken", "input.unknown.json"), "utf8"))).toHaveLength(1);
});
