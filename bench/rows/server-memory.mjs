import { serve } from "../served.mjs";

export default {
  name: "server-memory",
  title: "`inlay serve` at rest, resident memory after its catalogue was read once",
  goal: "≤ 120 MB",
  measure: "own",
  unit: "MB",
  scale: 1,
  order: 41,
  warmUp: 0,
  rounds: 3,
  cases: [
    {
      name: "inlay",
      async run() {
        const server = await serve();
        await (await server.get("/api/catalog")).text();
        await new Promise((resolve) => setTimeout(resolve, 1000));
        const memory = server.memory();
        await server.close();
        return memory;
      },
    },
  ],
  met: ({ inlay }) => inlay <= 120,
};
