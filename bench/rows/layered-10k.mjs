import { layeredRow } from "../layered-row.mjs";
import { effectPeer, pGraphPeer, retePeer } from "../peers.mjs";

export default {
  ...layeredRow(10_000, {
    goal: "≤ 2 µs, and less than effect in the same run",
    met: ({ inlay, effect }) => inlay <= 2 && inlay < effect,
    peers: [effectPeer, pGraphPeer, retePeer],
  }),
  order: 2,
};
