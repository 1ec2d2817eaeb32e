import { layeredRow } from "../layered-row.mjs";
import { effectPeer, pGraphPeer } from "../peers.mjs";

export default {
  ...layeredRow(100_000, {
    goal: "≤ 2 µs, and less than effect in the same run",
    met: ({ inlay, effect }) => inlay <= 2 && inlay < effect,
    peers: [effectPeer, pGraphPeer],
  }),
  order: 3,
  warmUp: 3,
  rounds: 7,
};
