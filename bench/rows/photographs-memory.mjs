import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { newFolder } from "../picture-job.mjs";

/** Enough for memory to have reached its height; all hundred take minutes: `tests/many-photographs.test.ts`. */
const photographs = 12;
const [width, height] = [6000, 4000];
const one = (type, inputs) => ({ type, version: 1, inputs });
const from = (node, output = "image") => ({ $link: [node, output] });
const workflow = {
  inlay: 1,
  name: "many",
  outputs: {},
  nodes: {
    files: one("value/files", { folder: "photos" }),
    load: one("image/load", { source: from("files", "files") }),
    bright: one("image/adjust", { image: from("load"), brightness: 0.1 }),
    soft: one("image/blur", { image: from("bright"), sigma: 2 }),
    sharp: one("image/sharpen", { image: from("soft") }),
    save: one("image/save", { image: from("sharp"), format: "jpeg", name: "{workflow}-{n}", on_exists: "overwrite" }),
  },
};

const folder = newFolder();
mkdirSync(join(folder, "photos"));
writeFileSync(join(folder, "workflow.json"), JSON.stringify(workflow));
const noise = { type: "gaussian", mean: 128, sigma: 40 };
const grain = sharp({ create: { width: width / 8, height: height / 8, channels: 3, background: "#808080", noise } });
const photograph = await sharp(await grain.png().toBuffer())
  .resize(width, height)
  .jpeg({ quality: 85 })
  .toBuffer();
for (let i = 0; i < photographs; i++)
  writeFileSync(join(folder, "photos", `photo-${i}.jpg`), Buffer.concat([photograph, Buffer.from(`${i}`)]));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

const script = `
  import { openInlay } from ${JSON.stringify(import.meta.resolve("inlay"))};
  const inlay = await openInlay({ workspace: ${JSON.stringify(folder)}, cache: false, env: {} });
  await inlay.run("workflow.json");
  await inlay.close();
  console.log(process.resourceUsage().maxRSS / 1024);
`;

export default {
  name: "photographs-memory",
  title: `${photographs} photographs of 24 MP through five nodes: peak memory of the process`,
  goal: "≤ 1,024 MiB",
  measure: "own",
  unit: "MiB",
  scale: 1,
  order: 19,
  warmUp: 0,
  rounds: 1,
  cases: [
    {
      name: "inlay",
      run() {
        const { stdout, status } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
          encoding: "utf8",
          stdio: ["ignore", "pipe", "inherit"],
        });
        const saved = readdirSync(join(folder, "outputs")).length;
        if (status !== 0 || saved !== photographs) throw new Error(`exit code ${status}, ${saved} files saved`);
        return Number(stdout);
      },
    },
  ],
  met: ({ inlay }) => inlay <= 1024,
};
