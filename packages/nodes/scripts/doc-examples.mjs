// What the pictures of the docs pages show: for each node type the inputs of one run. `sample("photo")` stands for a
// picture or mask that draw-docs.mjs makes; every other input is named below the picture.

export function sample(name) {
  return { sample: name };
}

const photo = { image: sample("photo") };
const cutout = { image: sample("cutout") };
const pair = { background: sample("photo"), foreground: sample("layer") };

export const docExamples = {
  "image/adjust": { ...photo, brightness: 0.05, contrast: 1.2, saturation: 0.4 },
  "image/blend": { ...pair, mode: "overlay", opacity: 0.8 },
  "image/blur": { ...photo, sigma: 4 },
  "image/compare": { a: sample("photo"), b: sample("compressed"), amplify: 6 },
  "image/composite": { ...pair, mask: sample("soft") },
  "image/crop": { ...photo, x: 90, y: 40, width: 150, height: 120 },
  "image/flip": photo,
  "image/join-alpha": { ...photo, mask: sample("soft") },
  "image/pad": { ...photo, left: 60, right: 60, fill: "reflect" },
  "image/resize": { ...photo, width: 200, height: 200, fit: "contain", background: "#2f4858" },
  "image/rotate": { ...photo, angle: 15, background: "#00000000" },
  "image/sharpen": { ...photo, sigma: 1.5, amount: 2 },
  "image/split-alpha": cutout,
  "inpaint/fill-from-surroundings": { ...photo, mask: sample("spoon") },
  "mask/combine": { a: sample("hard"), b: sample("bar"), operation: "xor" },
  "mask/ellipse": { ...photo, cx: 150, cy: 100, rx: 110, ry: 70 },
  "mask/feather": { mask: sample("hard"), radius: 24 },
  "mask/fill-holes": { mask: sample("ring") },
  "mask/from-alpha": cutout,
  "mask/from-color": { ...photo, point: [130, 75], tolerance: 40 },
  "mask/from-image": { ...photo, channel: "red" },
  "mask/from-luminance": { ...photo, low: 128 },
  "mask/grow": { mask: sample("hard"), radius: 20 },
  "mask/invert": { mask: sample("soft") },
  "mask/paint": {
    ...photo,
    strokes: [
      // A wave; the first point from the corner, each other one from the point before it, in 1/8 px.
      {
        tool: "brush",
        size: 36,
        hardness: 0.6,
        opacity: 1,
        points: [
          [320, 960],
          [480, -560],
          [480, 640],
          [480, -560],
        ],
      },
    ],
  },
  "mask/polygon": {
    ...photo,
    points: [
      [150, 20],
      [270, 180],
      [30, 180],
    ],
  },
  "mask/rectangle": { ...photo, x: 60, y: 40, width: 180, height: 110 },
  "mask/shrink": { mask: sample("hard"), radius: 20 },
  "mask/threshold": { mask: sample("soft"), level: 128 },
  "mask/to-image": { mask: sample("soft") },
};
