import { fill } from "@inlay/patchmatch";

const side = 1024;
const holeSide = Math.round(side * Math.sqrt(0.18));
const from = (side - holeSide) >> 1;

/** A wall of bricks whose tones differ, with grain. */
function brickWall() {
  const data = new Uint8Array(side * side * 3);
  for (let at = 0; at < side * side; at++) {
    const [x, y] = [at % side, Math.floor(at / side)];
    const row = Math.floor(y / 32);
    const along = x + (row % 2) * 32;
    const tone = (scatter(Math.floor(along / 64), row) % 24) - 12;
    const grain = (scatter(x + 1000, y + 7) % 13) - 6;
    const colour = y % 32 < 6 || along % 64 < 6 ? [186, 182, 172] : [150 + tone, 72 + tone / 2, 54 + tone / 2];
    data.set(
      colour.map((sample) => Math.round(sample + grain)),
      at * 3,
    );
  }
  return data;
}

function scatter(x, y) {
  const mixed = Math.imul(x, 374_761_393) ^ Math.imul(y, 668_265_263);
  return (Math.imul(mixed ^ (mixed >>> 13), 1_274_126_177) >>> 0) >>> 24;
}

const inHole = (place) => place >= from && place < from + holeSide;
const mask = Uint8Array.from({ length: side * side }, (_, at) =>
  inHole(at % side) && inHole(Math.floor(at / side)) ? 255 : 0,
);
const request = { width: side, height: side, channels: 3, data: brickWall(), mask, seed: 1 };

export default {
  name: "fill-1024",
  title: "Fill from surroundings, 1024 × 1024, a hole of 18 %, CPU",
  goal: "≤ 1,500 ms",
  measure: "cpu",
  unit: "ms",
  scale: 1,
  order: 16,
  warmUp: 1,
  rounds: 5,
  cases: [{ name: "inlay", run: () => fill(request) }],
  met: ({ inlay }) => inlay <= 1500,
};
