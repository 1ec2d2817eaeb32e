/** How a colour of the picture above meets the one below: both 0–1, the result too. */
export type BlendFunction = (below: number, above: number) => number;

/** The names of the blend modes, in the order in which a form offers them. */
export const blendModes = [
  "normal",
  "multiply",
  "screen",
  "overlay",
  "soft-light",
  "darken",
  "lighten",
  "difference",
  "add",
] as const;

export type BlendMode = (typeof blendModes)[number];

const multiply: BlendFunction = (below, above) => below * above;
const screen: BlendFunction = (below, above) => below + above - below * above;

/**
 * The separable blend modes of W3C, Compositing and Blending Level 1, section 9.1, and `add`, the sum cut off at 1,
 * which picture editors also call linear dodge.
 */
export const blendFunctions: Readonly<Record<BlendMode, BlendFunction>> = {
  normal: (_below, above) => above,
  multiply,
  screen,
  overlay: (below, above) => (below <= 0.5 ? multiply(above, 2 * below) : screen(above, 2 * below - 1)),
  "soft-light": softLight,
  darken: (below, above) => Math.min(below, above),
  lighten: (below, above) => Math.max(below, above),
  difference: (below, above) => Math.abs(below - above),
  add: (below, above) => Math.min(1, below + above),
};

function softLight(below: number, above: number): number {
  if (above <= 0.5) return below - (1 - 2 * above) * below * (1 - below);
  const lifted = below <= 0.25 ? ((16 * below - 12) * below + 4) * below : Math.sqrt(below);
  return below + (2 * above - 1) * (lifted - below);
}
