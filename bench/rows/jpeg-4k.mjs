import { pictureRow } from "../picture-row.mjs";

const sharpName = "sharp, three pipelines";

export default await pictureRow("jpeg", {
  order: 13,
  goal: "≤ 0.70 × sharp",
  met: (cpu) => cpu.inlay <= 0.7 * cpu[sharpName],
});
