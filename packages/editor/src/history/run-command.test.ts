import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { curlCommand, libraryCode, runCommand } from "./run-command.ts";

const workflow = { file: "workflows/cup.json" };

test("the command has the file and the inputs, quoted for a shell", () => {
  const inputs = { prompt: "the cup's saucer", seed: 7, photo: { $file: "inputs/my cup.png" } };
  expect(runCommand({ workflow, inputs })).toBe(
    String.raw`inlay run workflows/cup.json --workspace . --input 'prompt=the cup'\''s saucer' --input seed=7 --input 'photo=inputs/my cup.png'`,
  );
});

test("the command has what else the run was asked for", () => {
  const run = {
    workflow: {},
    inputs: {},
    targets: ["a"],
    from: ["b"],
    service: "sandbox",
    maxPaid: 3,
    failFast: true,
    metadata: "none",
  } as const;
  expect(runCommand(run)).toBe(
    "inlay run workflow.json --workspace . --target a --from b --sandbox --max-paid 3 --fail-fast --metadata none",
  );
});

test("a picture that was handed in is named where it is kept", () => {
  const sha256 = `ab${"0".repeat(62)}`;
  expect(runCommand({ workflow, inputs: { photo: { $artifact: sha256 } } })).toContain(
    `photo=.inlay/artifacts/ab/${sha256}`,
  );
});

test("the code calls the library with the same, whatever stands in the texts", () => {
  const code = libraryCode({ workflow, inputs: { prompt: 'a "cup": {red}', "two words": 1 }, maxPaid: 0 });
  expect(code).toContain('await inlay.run("workflows/cup.json", ');
  const call = /inlay\.run\((.*)\);/.exec(code)?.[1] ?? "";
  // The arguments are read back as the program would read them.
  const args: unknown = runInNewContext(`JSON.stringify([${call}])`);
  expect(JSON.parse(args as string)).toEqual([
    "workflows/cup.json",
    { prompt: 'a "cup": {red}', "two words": 1 },
    { maxPaid: 0 },
  ]);
});

test("the request sends the same, and holds no token", () => {
  const text = curlCommand({ workflow, inputs: { prompt: "it's" }, service: "sandbox" }, "http://127.0.0.1:8288");
  expect(text).toContain("curl http://127.0.0.1:8288/api/runs?wait=60".replace("curl ", "curl '").concat("'"));
  expect(text).toContain('"Authorization: Bearer $INLAY_TOKEN"');
  expect(text).toContain(String.raw`{"file":"workflows/cup.json","inputs":{"prompt":"it'\''s"},"service":"sandbox"}`);
});
