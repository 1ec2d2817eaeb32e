import { openMaskPage } from "../mask-page.mjs";

let opened;
const page = () => (opened ??= openMaskPage());

const stroke = (name, size, zoom) => ({ name, setup: page, run: ({ stroke: draw }) => draw(size, zoom) });

export default {
  name: "mask-stroke",
  title: "Stroke on 8192 × 8192 pixels in the mask editor: a pointer's move until it is shown, p95",
  goal: "≤ 32 ms",
  measure: "own",
  unit: "ms",
  scale: 1,
  warmUp: 1,
  rounds: 3,
  order: 30,
  cases: [stroke("40 px", 40, "0"), stroke("400 px", 400, "0"), stroke("40 px at 100 %", 40, "1")],
  end: async () => (await opened)?.close(),
  met: (medians) => Object.values(medians).every((ms) => ms <= 32),
};
