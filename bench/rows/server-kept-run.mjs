import { readFile } from "node:fs/promises";
import { newFolder, photograph } from "../picture-job.mjs";
import { serve } from "../served.mjs";

const jpeg = await readFile(await photograph(newFolder(), "jpeg"));
const server = await serve();
const link = (node, output) => ({ $link: [node, output] });
let count = 0;

/** Load → feathered mask → adjust → compose → save, of a photograph that no cache has. */
function workflowOf(path) {
  return {
    inlay: 1,
    nodes: {
      load: { type: "image/load", version: 1, inputs: { source: { $file: path } } },
      mask: {
        type: "mask/rectangle",
        version: 1,
        inputs: { image: link("load", "image"), x: 200, y: 200, width: 1000, height: 900 },
      },
      feather: { type: "mask/feather", version: 1, inputs: { mask: link("mask", "mask"), radius: 16 } },
      bright: { type: "image/adjust", version: 1, inputs: { image: link("load", "image"), brightness: 0.1 } },
      compose: {
        type: "image/composite",
        version: 1,
        inputs: {
          background: link("load", "image"),
          foreground: link("bright", "image"),
          mask: link("feather", "mask"),
        },
      },
      save: { type: "image/save", version: 1, inputs: { image: link("compose", "image"), format: "jpeg" } },
    },
  };
}

export default {
  name: "server-kept-run",
  title: "A 4K photograph over HTTP, loaded, masked, brightened, composed and saved, each result there for a restart",
  goal: "≤ 1,000 ms",
  measure: "wall",
  unit: "ms",
  scale: 1,
  order: 45,
  warmUp: 3,
  rounds: 15,
  cases: [
    {
      name: "inlay",
      setup: async () => {
        const name = `photo-${count++}.jpg`;
        await server.upload(Buffer.concat([jpeg, Buffer.from(name)]), { name, folder: "inputs" });
        return workflowOf(`inputs/${name}`);
      },
      run: (workflow) => server.run(workflow),
    },
  ],
  met: ({ inlay }) => inlay <= 1000,
};
