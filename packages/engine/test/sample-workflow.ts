import type { JsonObject } from "../src/json.ts";

/** A correct workflow over the small catalogue that uses every section of the format. Fresh on each call. */
export function sampleWorkflow() {
  return {
    inlay: 1,
    name: "Remove the spoon",
    inputs: {
      photo: { type: "image", default: { $file: "photos/coffee.png" }, title: "Photo", order: 1 },
      prompt: { type: "string", default: "an empty saucer", order: 2 },
    },
    outputs: { result: { node: "save", output: "image" } },
    packs: { test: "^1.0.0" },
    assets: { ["0".repeat(64)]: { name: "dot.png", mime: "image/png", size: 3, data: "AAAA" } },
    nodes: {
      load: { type: "image/load", version: 1, inputs: { source: { $input: "photo" } } },
      mask: {
        type: "mask/polygon",
        version: 1,
        inputs: {
          image: { $link: ["load", "image"] },
          points: [
            [1, 2],
            [30, 4],
            [5, 60],
          ],
        },
      },
      soft: { type: "mask/feather", version: 1, inputs: { mask: { $link: ["mask", "mask"] }, radius: 12 } },
      inpaint: {
        type: "test/inpaint",
        version: 1,
        inputs: {
          image: { $link: ["load", "image"] },
          mask: { $link: ["soft", "mask"] },
          prompt: { $input: "prompt" },
          seed: { $seed: "increment" },
        },
      },
      stack: {
        type: "test/stack",
        version: 1,
        inputs: { images: [{ $link: ["load", "image"] }, { $link: ["inpaint", "image"] }] },
      },
      save: { type: "image/save", version: 1, inputs: { image: { $link: ["stack", "image"] }, name: "out" } },
    },
    workflows: {},
    view: { nodes: { load: { x: 0, y: 0 }, save: { x: 600, y: 40.5 } }, links: {}, frames: [], notes: [] },
  } satisfies JsonObject;
}
