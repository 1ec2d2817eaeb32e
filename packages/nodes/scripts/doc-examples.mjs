// What the pictures of the docs pages show: for each node type the inputs of one run. `sample("photo")` stands for a
// picture, mask or file that draw-docs.mjs makes; other inputs are named below the picture, or written on a card when
// there is no picture among them.

export function sample(name) {
  return { sample: name };
}

const photo = { image: sample("photo") };
const cutout = { image: sample("cutout") };
const pair = { background: sample("photo"), foreground: sample("layer") };

export const docExamples = {
  "file/save": { file: sample("file"), name: "{workflow}-copy" },
  "flow/repeat": { workflow: "turn-and-shrink", times: 2, value: sample("photo") },
  "flow/repeat-until": { workflow: "turn-and-shrink", value: sample("photo"), most: 5 },
  "image/adjust": { ...photo, brightness: 0.05, contrast: 1.2, saturation: 0.4 },
  "image/blend": { ...pair, mode: "overlay", opacity: 0.8 },
  "image/blur": { ...photo, sigma: 4 },
  "image/compare": { a: sample("photo"), b: sample("compressed"), amplify: 6 },
  "image/composite": { ...pair, mask: sample("soft") },
  "image/contact-sheet": {
    images: [sample("photo"), sample("layer"), sample("cutout"), sample("compressed")],
    columns: 2,
    cell_width: 150,
    cell_height: 100,
    labels: ["photo", "layer", "cutout", "jpeg"],
    label_scale: 1,
  },
  "image/convert": { ...photo, colors: "grey" },
  "image/crop": { ...photo, x: 90, y: 40, width: 150, height: 120 },
  "image/flip": photo,
  "image/invert": photo,
  "image/join-alpha": { ...photo, mask: sample("soft") },
  "image/load": { source: sample("file") },
  "image/pad": { ...photo, left: 60, right: 60, fill: "reflect" },
  "image/paste": { background: sample("photo"), foreground: sample("stamp"), x: 190, y: 20, opacity: 0.9 },
  "image/preview": photo,
  "image/resize": { ...photo, width: 200, height: 200, fit: "contain", background: "#2f4858" },
  "image/rotate": { ...photo, angle: 15, background: "#00000000" },
  "image/save": { ...photo, name: "{workflow}-{n}", format: "jpeg" },
  "image/sharpen": { ...photo, sigma: 1.5, amount: 2 },
  "image/size": photo,
  "image/solid": { width: 300, height: 200, color: "#2f4858" },
  "image/split-alpha": cutout,
  "inpaint/fill-from-surroundings": { ...photo, mask: sample("spoon") },
  "mask/area": { mask: sample("soft") },
  "mask/bounds": { mask: sample("hard"), padding: 8 },
  "mask/combine": { a: sample("hard"), b: sample("bar"), operation: "xor" },
  "mask/crop": { mask: sample("soft"), x: 40, y: 20, width: 150, height: 120 },
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
  "mask/resize": { mask: sample("hard"), image: sample("stamp") },
  "mask/shrink": { mask: sample("hard"), radius: 20 },
  "mask/threshold": { mask: sample("soft"), level: 128 },
  "mask/to-image": { mask: sample("soft") },
  "runcomfy/z-image-turbo-inpainting": {
    ...photo,
    mask: sample("spoon"),
    prompt: "an empty red saucer on a wooden table",
    seed: 7,
  },
  "value/boolean": { value: true },
  "value/calculate": { a: 300, operation: "divide", b: 7, round: "nearest" },
  "value/choice": { choices: ["matte", "glossy", "brushed"], value: "glossy" },
  "value/color": { value: "#2F4858" },
  "value/compare": { a: 300, operator: "greater", b: 200 },
  "value/files": { folder: "photos", pattern: "*.{jpg,png}" },
  "value/integer": { value: 1024 },
  "value/join-text": { texts: ["a cup", "on a table", "seed", 7], separator: " " },
  "value/length": { list: ["matte", "glossy", "brushed"] },
  "value/list": { items: [512, 768, 1024] },
  "value/logic": { conditions: [true, false], operation: "any" },
  "value/number": { value: 0.75 },
  "value/pick": { list: ["matte", "glossy", "brushed"], index: -1 },
  "value/range": { start: 7, count: 4, step: 1 },
  "value/replace-text": { text: "a red cup, red", find: "red", replacement: "blue" },
  "value/seed": { value: 4242 },
  "value/slice": { list: ["matte", "glossy", "brushed"], start: 1, count: 1 },
  "value/split-text": { text: "a cup, a saucer,, a spoon", separator: "," },
  "value/switch": { condition: true, on_true: sample("photo"), on_false: sample("layer") },
  "value/text": { value: "an empty saucer on a wooden table" },
  "value/text-template": { template: "{a} on {b}", a: "a cup", b: "a wooden table" },
};
