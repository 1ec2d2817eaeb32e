import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";

const command = fileURLToPath(new URL("../../packages/cli/bin/inlay.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "inlay-bench-"));
const workflow = join(folder, "workflow.json");
await sharp({ create: { width: 64, height: 64, channels: 3, background: "#a52" } })
  .png()
  .toFile(join(folder, "photo.png"));
writeFileSync(
  workflow,
  JSON.stringify({
    inlay: 1,
    name: "start",
    outputs: { result: { node: "save", output: "image" } },
    nodes: {
      load: { type: "image/load", version: 1, inputs: { source: { $file: "photo.png" } } },
      save: { type: "image/save", version: 1, inputs: { image: { $link: ["load", "image"] } } },
    },
  }),
);

/** CPU milliseconds of a whole process, as the shell counts them. */
function cpuOf(...args) {
  const script = 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1';
  const { stderr } = spawnSync("bash", ["-c", script, "bash", process.execPath, ...args], { encoding: "utf8" });
  const [user, system] = stderr.trim().split(" ").map(Number);
  return (user + system) * 1000;
}

const each = (name, ...args) => ({ name, run: () => cpuOf(...args) });

export default {
  name: "cli-start",
  title: "A command from start to finish, CPU of the whole process",
  goal: "validate ≤ 2.0 × `node -e 0`; a run with sharp ≤ 3.8 ×",
  measure: "own",
  unit: "ms",
  scale: 1,
  order: 12,
  warmUp: 2,
  rounds: 15,
  cases: [
    each("validate", command, "validate", workflow),
    each("run (load, save)", command, "run", workflow, "--out", folder),
    each("sharp alone", "-e", `require(${JSON.stringify(createRequire(import.meta.url).resolve("sharp"))})`),
    each("node -e 0", "-e", "0"),
  ],
  met: (cpu) => cpu.validate <= 2 * cpu["node -e 0"] && cpu["run (load, save)"] <= 3.8 * cpu["node -e 0"],
};
