// Does one job three times and prints the process's peak resident memory in MiB: `node picture-memory.mjs inlay`.
import sharp from "sharp";
import { inlayJob, newFolder, photograph, sharpJob } from "./picture-job.mjs";

sharp.concurrency(1);
const folder = newFolder();
const job = process.argv[2] === "inlay" ? inlayJob : sharpJob;
await photograph(folder, "jpeg");
for (let i = 0; i < 3; i++) await job(folder, "jpeg");
process.stdout.write(String(process.resourceUsage().maxRSS / 1024));
