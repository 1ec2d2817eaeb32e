import { spawn } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { expect, test } from "vitest";
import { tempFolder } from "./support/workspace.ts";

const full = process.env["INLAY_PROOF"] === "1";
const photographs = full ? 100 : 4;
const [width, height] = full ? [6000, 4000] : [1200, 800];
const cli = fileURLToPath(new URL("../packages/cli/dist/index.js", import.meta.url));

/** Five nodes for each photograph of a folder. */
const workflow = {
  inlay: 1,
  name: "many",
  outputs: {},
  nodes: {
    files: { type: "value/files", version: 1, inputs: { folder: "photos" } },
    load: { type: "image/load", version: 1, inputs: { source: { $link: ["files", "files"] } } },
    bright: { type: "image/adjust", version: 1, inputs: { image: { $link: ["load", "image"] }, brightness: 0.1 } },
    soft: { type: "image/blur", version: 1, inputs: { image: { $link: ["bright", "image"] }, sigma: 2 } },
    sharp: { type: "image/sharpen", version: 1, inputs: { image: { $link: ["soft", "image"] } } },
    save: {
      type: "image/save",
      version: 1,
      inputs: { image: { $link: ["sharp", "image"] }, format: "jpeg", name: "{workflow}-{n}" },
    },
  },
};

test("a folder of photographs goes through five nodes in bounded memory", { timeout: 1_800_000 }, async () => {
  const workspace = await tempFolder();
  await writePhotographs(join(workspace, "photos"));
  await writeFile(join(workspace, "workflow.json"), JSON.stringify(workflow));
  const { saved, peakMiB } = await runApart(workspace);
  expect(await readdir(join(workspace, "outputs"))).toHaveLength(photographs);
  expect(saved).toBe(photographs);
  // Of 6000 × 4000 pixels one photograph takes 69 MiB, and each of five nodes makes another.
  if (full) expect(peakMiB).toBeLessThan(1024);
});

/** One picture, each copy with other bytes after its end, so that each is a photograph of its own. */
async function writePhotographs(folder: string): Promise<void> {
  await mkdir(folder);
  const noise = await sharp({
    create: {
      width: width / 8,
      height: height / 8,
      channels: 3,
      background: "#808080",
      noise: { type: "gaussian", mean: 128, sigma: 40 },
    },
  })
    .png()
    .toBuffer();
  const photograph = await sharp(noise).resize(width, height).jpeg({ quality: 85 }).toBuffer();
  for (let i = 1; i <= photographs; i++)
    await writeFile(join(folder, `photo-${i}.jpg`), Buffer.concat([photograph, Buffer.from(`${i}`)]));
}

/** Runs the workflow in a process of its own, which tells how many files it has saved and its peak memory. */
async function runApart(workspace: string): Promise<{ readonly saved: number; readonly peakMiB: number }> {
  const script = `
    import { openInlay } from ${JSON.stringify(cli)};
    const inlay = await openInlay({ workspace: ${JSON.stringify(workspace)}, env: {} });
    let saved = 0;
    await inlay.run("workflow.json", {}, { onEvent: (event) => event.type === "node.file" && saved++ });
    await inlay.close();
    console.log(JSON.stringify({ saved, peakMiB: process.resourceUsage().maxRSS / 1024 }));
  `;
  const path = join(workspace, "run.mjs");
  await writeFile(path, script);
  const child = spawn(process.execPath, [path], { stdio: ["ignore", "pipe", "inherit"] });
  let told = "";
  for await (const text of child.stdout) told += String(text);
  return JSON.parse(told) as Awaited<ReturnType<typeof runApart>>;
}
