import { z } from "zod";

/** How far an edge moves; each node adds where to. */
export const distance = z.int().min(0).max(512).default(8);

export const smoothEdge = z.boolean().default(true).meta({
  title: "Smooth Edge",
  description: "Gives slanted and curved edges one pixel of transition. Without, what moved is 0 or 255.",
  advanced: true,
});
