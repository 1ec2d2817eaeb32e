import type { EditMode } from "@inlay/raster";
import type { Size } from "../viewer/view-port.ts";

/** The tools that work with a pointer, in the order of the tool bar. */
export const pointerTools = [
  "brush",
  "eraser",
  "lasso",
  "polygon",
  "rectangle",
  "ellipse",
  "gradient",
  "fill",
  "wand",
  "color-range",
] as const;

export type PointerTool = (typeof pointerTools)[number];

/** The steps that are done to the whole mask with a number. */
export const adjustments = ["grow", "shrink", "feather", "threshold"] as const;

type Adjustment = (typeof adjustments)[number];

/** What is seen: the picture with the mask over it, the mask alone, or the picture where it is selected. */
export const views = ["image", "mask", "cut-out"] as const;

export type MaskView = (typeof views)[number];

/** How a person works; kept in the browser. */
export interface ToolSettings {
  readonly tool: PointerTool;
  /** Pixels of the picture. */
  readonly size: number;
  readonly hardness: number;
  readonly opacity: number;
  /** Whether a pen's pressure makes the brush smaller. */
  readonly usesPressure: boolean;
  readonly mode: EditMode;
  readonly tolerance: number;
  readonly contiguous: boolean;
  readonly gradient: "linear" | "radial";
  readonly adjustment: Adjustment;
  readonly radius: number;
  readonly level: number;
  readonly view: MaskView;
  /** Of the mask over the picture, 0–1. */
  readonly overlay: number;
  /** `#rrggbb`. */
  readonly color: string;
  readonly importFrom: "auto" | "alpha" | "luminance";
}

const firstSettings: Omit<ToolSettings, "size" | "radius"> = {
  tool: "brush",
  hardness: 0.9,
  opacity: 1,
  usesPressure: true,
  mode: "add",
  tolerance: 32,
  contiguous: true,
  gradient: "linear",
  adjustment: "feather",
  level: 128,
  view: "image",
  overlay: 0.55,
  color: "#22d3ee",
  importFrom: "auto",
};

/**
 * What a person begins with on a picture: a brush of a twenty-fifth of its longer side, and a softness of a hundredth, so
 * that both are as large on the screen whatever the camera.
 */
export function firstSettingsFor({ width, height }: Size): ToolSettings {
  const longer = Math.max(width, height);
  return { ...firstSettings, size: snapped(longer / 25), radius: snapped(longer / 100) };
}

/** A whole number that people would choose: in steps of 5 from 20 on, of 10 from 100 on. */
function snapped(wanted: number): number {
  const step = wanted < 20 ? 1 : wanted < 100 ? 5 : 10;
  return Math.min(512, Math.max(1, Math.round(wanted / step) * step));
}

/** What is worth keeping: sizes that are the first ones of the picture go on following pictures. */
export function chosenSettings(settings: ToolSettings, picture: Size): Partial<ToolSettings> {
  const { size, radius, ...rest } = settings;
  const first = firstSettingsFor(picture);
  return { ...rest, ...(size !== first.size && { size }), ...(radius !== first.radius && { radius }) };
}

const choices: Partial<Readonly<Record<keyof ToolSettings, readonly string[]>>> = {
  tool: pointerTools,
  mode: ["add", "subtract", "intersect"],
  gradient: ["linear", "radial"],
  adjustment: adjustments,
  view: views,
  importFrom: ["auto", "alpha", "luminance"],
};

/** Bounds of the numbers; sizes in pixels. */
export const ranges = {
  size: [1, 4096],
  hardness: [0, 1],
  opacity: [0.01, 1],
  tolerance: [0, 255],
  radius: [0, 512],
  level: [1, 255],
  overlay: [0, 1],
} as const satisfies Partial<Record<keyof ToolSettings, readonly [number, number]>>;

/** Settings that were kept; what was not, or does not fit any more, has its first value for the picture. */
export function fittingSettings(kept: unknown, picture: Size): ToolSettings {
  const given = typeof kept === "object" && kept !== null ? (kept as Readonly<Record<string, unknown>>) : {};
  const entries = Object.entries(firstSettingsFor(picture)).map(([name, first]) => {
    const value = given[name];
    return [name, fits(name as keyof ToolSettings, value, first) ? value : first] as const;
  });
  return Object.fromEntries(entries) as unknown as ToolSettings;
}

function fits(name: keyof ToolSettings, value: unknown, first: unknown): boolean {
  if (typeof value !== typeof first) return false;
  if (name === "color") return /^#[0-9a-f]{6}$/i.test(value as string);
  const range = Object.hasOwn(ranges, name) ? ranges[name as keyof typeof ranges] : undefined;
  if (range) return (value as number) >= range[0] && (value as number) <= range[1];
  return choices[name]?.includes(value as string) ?? true;
}
