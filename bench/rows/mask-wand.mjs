import { selectSimilar } from "@inlay/nodes/codec";

const [width, height] = [4000, 3000];
/** A wall with grain: one colour for a wand, cut in three by two darker lines. */
const data = new Uint8Array(width * height * 3);
for (let i = 0; i < data.length; i++) {
  const x = Math.floor(i / 3) % width;
  data[i] = (x % 1500 === 1499 ? 20 : 120) + (Math.imul(i, 2_654_435_761) >>> 28);
}
const wall = { kind: "image", width, height, channels: 3, depth: "u8", data };

const click = (name, request) => ({
  name,
  run: async () => JSON.stringify(await selectSimilar(wall, { point: [200, 200], tolerance: 30, ...request })).length,
});

export default {
  name: "mask-wand",
  title: "Click of the wand on 12 MP: raw pixels to the answer's text, CPU",
  goal: "≤ 200 ms",
  measure: "cpu",
  unit: "ms",
  scale: 1,
  warmUp: 2,
  order: 31,
  cases: [click("connected", { contiguous: true }), click("everywhere", { contiguous: false })],
  met: (medians) => Object.values(medians).every((ms) => ms <= 200),
};
