import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { inlayJob, newFolder, photograph, sharpJob } from "./picture-job.mjs";

/** A row that compares the picture job with the fewest sharp pipelines, by CPU of everything in the process. */
export async function pictureRow(format, { goal, met, order }) {
  sharp.concurrency(1);
  const folder = newFolder();
  await photograph(folder, format);
  return {
    name: `${format}-4k`,
    title: `4K ${format.toUpperCase()}: load, resize, ellipse, feather, edit, compose, save`,
    goal,
    measure: "cpu",
    unit: "ms",
    scale: 1,
    order,
    warmUp: 2,
    rounds: 9,
    cases: [
      { name: "inlay", run: () => inlayJob(folder, format) },
      { name: "sharp, three pipelines", run: () => sharpJob(folder, format) },
    ],
    met,
  };
}

/** Peak memory of a process that does the job three times, in MiB. */
export function peakMemory(job) {
  const script = fileURLToPath(new URL("./picture-memory.mjs", import.meta.url));
  const { stdout } = spawnSync(process.execPath, [script, job], { encoding: "utf8" });
  return Number(stdout);
}
