import { catalogOf, readWorkflow, type Workflow } from "@inlay/engine";
import { nodesPack } from "@inlay/nodes";

/** The catalogue that a server with the built-in pack gives. */
export const catalog = catalogOf([nodesPack]);

/** A workflow of a few lines, as a file would hold it. */
export function workflowOf(parts: object): Workflow {
  const { workflow, diagnostics } = readWorkflow(JSON.stringify({ inlay: 1, ...parts }));
  if (!workflow) throw new Error(JSON.stringify(diagnostics));
  return workflow;
}

/** Load → polygon → feather → inpaint → save, as in the example. */
export const spoon: Workflow = workflowOf({
  inputs: {
    photo: { type: "image", default: { $file: "coffee.png" } },
    prompt: { type: "string", default: "an empty saucer" },
  },
  outputs: { result: { node: "save", output: "image" } },
  nodes: {
    load: { type: "image/load", version: 1, inputs: { source: { $input: "photo" } } },
    mask: {
      type: "mask/polygon",
      version: 1,
      inputs: {
        image: { $link: ["load", "image"] },
        points: [
          [0, 0],
          [9, 0],
          [9, 9],
        ],
      },
    },
    feather: { type: "mask/feather", version: 1, inputs: { mask: { $link: ["mask", "mask"] }, radius: 2 } },
    inpaint: {
      type: "runcomfy/z-image-turbo-inpainting",
      version: 1,
      inputs: {
        image: { $link: ["load", "image"] },
        mask: { $link: ["feather", "mask"] },
        prompt: { $input: "prompt" },
        seed: 7,
      },
    },
    save: { type: "image/save", version: 1, inputs: { image: { $link: ["inpaint", "image"] } } },
  },
  view: { nodes: { load: { x: 0, y: 0 }, mask: { x: 300, y: 0 }, save: { x: 900, y: 10 } } },
});
