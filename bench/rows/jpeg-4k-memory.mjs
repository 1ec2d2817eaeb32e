import { peakMemory } from "../picture-row.mjs";

const sharpName = "sharp, three pipelines";

export default {
  name: "jpeg-4k-memory",
  title: "4K JPEG, the same job: peak memory of the process",
  goal: "≤ 1.1 × sharp",
  measure: "own",
  unit: "MiB",
  scale: 1,
  order: 15,
  warmUp: 0,
  rounds: 3,
  cases: [
    { name: "inlay", run: () => peakMemory("inlay") },
    { name: sharpName, run: () => peakMemory("sharp") },
  ],
  met: (memory) => memory.inlay <= 1.1 * memory[sharpName],
};
