import { layeredRow } from "../layered-row.mjs";
import { effectPeer, pGraphPeer, retePeer } from "../peers.mjs";

export default {
  ...layeredRow(1000, {
    goal: "less than effect in the same run",
    met: ({ inlay, effect }) => inlay < effect,
    peers: [effectPeer, pGraphPeer, retePeer],
  }),
  order: 1,
  warmUp: 60,
  rounds: 40,
};
