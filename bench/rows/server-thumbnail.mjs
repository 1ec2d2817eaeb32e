import { readFile } from "node:fs/promises";
import { newFolder, photograph } from "../picture-job.mjs";
import { serve } from "../served.mjs";

const png = await readFile(await photograph(newFolder(), "png"));
const server = await serve();
let count = 0;

export default {
  name: "server-thumbnail",
  title: "Thumbnail of a 4K PNG, the first time, from its request to its bytes: an upload that was just answered",
  goal: "≤ 50 ms",
  measure: "wall",
  unit: "ms",
  scale: 1,
  order: 44,
  warmUp: 2,
  rounds: 15,
  cases: [
    {
      name: "inlay",
      // Bytes behind the end of a PNG are no part of the picture: each upload is another file.
      setup: () => server.upload(Buffer.concat([png, Buffer.from(String(count++))])),
      async run(sha256) {
        const answer = await server.get(`/api/artifacts/${sha256}/thumbnail`);
        await answer.arrayBuffer();
        if (!answer.ok) throw new Error(`${answer.status}`);
      },
    },
  ],
  met: ({ inlay }) => inlay <= 50,
};
