import { pictureRow } from "../picture-row.mjs";

const sharpName = "sharp, three pipelines";

export default await pictureRow("png", {
  order: 14,
  goal: "≤ 0.90 × sharp at the same level",
  met: (cpu) => cpu.inlay <= 0.9 * cpu[sharpName],
});
