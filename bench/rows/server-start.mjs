import { serve } from "../served.mjs";

export default {
  name: "server-start",
  title: "`inlay serve`, from the start of the process to the line that it is ready",
  goal: "≤ 1,000 ms",
  measure: "own",
  unit: "ms",
  scale: 1,
  order: 40,
  warmUp: 1,
  rounds: 5,
  cases: [
    {
      name: "inlay",
      async run() {
        const server = await serve();
        await server.close();
        return server.readyMs;
      },
    },
  ],
  met: ({ inlay }) => inlay <= 1000,
};
