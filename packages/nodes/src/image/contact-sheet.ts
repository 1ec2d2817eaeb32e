import { defineNode, EngineError, Image, type ImageValue, type NodeContext } from "@inlay/engine";
import { z } from "zod";
import { parseColour, type Colour } from "../pixels/colour.ts";
import { fitCell } from "../sheet/fit-cell.ts";
import { planSheet, type Sheet } from "../sheet/plan-sheet.ts";
import { drawLabel } from "../sheet/draw-label.ts";
import { layInto } from "../pixels/lay-into.ts";
import { solidImage } from "../pixels/solid.ts";
import { colour } from "./colour-input.ts";

const cell = z.int().min(8).max(4096).default(256);

export default defineNode({
  type: "image/contact-sheet",
  version: 1,
  title: "Contact Sheet",
  category: "Image",
  description:
    "Puts many pictures into one, in rows of equal cells, with a label below each if wanted: to see variants or a folder at a glance. " +
    "The sheet has 8 bits a channel.",
  aliases: ["grid", "collage", "montage", "overview", "gallery", "tile", "mosaic", "side by side", "index print"],
  inputs: {
    images: z.array(Image).min(1).max(10_000).meta({
      title: "Images",
      description: "The pictures, from left to right and top to bottom.",
    }),
    columns: z.int().min(1).max(1000).optional().meta({
      title: "Columns",
      description: "How many cells a row has; without it, about as many columns as rows.",
      unit: "cells",
    }),
    cell_width: cell.meta({ title: "Cell Width", description: "The width of each picture's cell.", unit: "px" }),
    cell_height: cell.meta({ title: "Cell Height", description: "The height of each picture's cell.", unit: "px" }),
    fit: z.enum(["contain", "cover"]).default("contain").meta({
      title: "Fit",
      description: "`contain` shows the whole picture in its cell; `cover` fills the cell and cuts off what protrudes.",
    }),
    gap: z.int().min(0).max(512).default(8).meta({
      title: "Gap",
      description: "Between cells, and around all of them.",
      unit: "px",
      widget: "slider",
    }),
    background: colour.default("#ffffff").meta({
      title: "Background",
      description: "What shows between and behind the pictures: `#rrggbb`, or `#rrggbbaa` with alpha.",
      widget: "color",
    }),
    labels: z
      .array(z.union([z.string().max(1000), z.number(), z.boolean()]))
      .optional()
      .meta({
        title: "Labels",
        description:
          "A line below each picture, in their order; without it, none. Letters are drawn in dots and need no font; accents are left off.",
      }),
    label_scale: z.int().min(1).max(16).default(2).meta({
      title: "Label Scale",
      description: "The size of a letter's dots: letters are seven of them high.",
      unit: "px",
      widget: "slider",
      advanced: true,
    }),
    label_color: colour.default("#000000").meta({
      title: "Label Colour",
      description: "The colour of the labels: `#rrggbb`.",
      widget: "color",
      advanced: true,
    }),
  },
  outputs: { image: Image.meta({ title: "Image", description: "All pictures in one." }) },
  run: async ({ images, labels, ...options }, ctx) => {
    if (labels && labels.length !== images.length) throw wrongCount(labels.length, images.length);
    const sheet = planSheet(images.length, { ...options, hasLabels: labels !== undefined });
    const behind = parseColour(options.background);
    const canvas = solidImage(sheet, behind);
    for (const [i, image] of images.entries()) {
      await drawCell({ sheet, canvas, place: i, image, fit: options.fit, behind }, ctx);
      const label = labels?.[i];
      if (label !== undefined) drawLabel(canvas, sheet, i, { text: String(label), color: options.label_color });
      ctx.progress(i + 1, images.length);
    }
    return { image: canvas };
  },
});

interface Cell {
  readonly sheet: Sheet;
  readonly canvas: ImageValue;
  readonly place: number;
  readonly image: ImageValue;
  readonly fit: "contain" | "cover";
  readonly behind: Colour;
}

async function drawCell({ sheet, canvas, place, image, fit, behind }: Cell, ctx: NodeContext): Promise<void> {
  const { left, top, width, height } = sheet.cell(place);
  const shown = await fitCell(image, { width, height, fit, behind }, ctx);
  ctx.signal.throwIfAborted();
  await ctx.yieldNow();
  layInto(canvas, shown, left + Math.floor((width - shown.width) / 2), top + Math.floor((height - shown.height) / 2));
}

function wrongCount(labels: number, images: number): EngineError {
  return new EngineError({
    code: "list.length",
    message: "There are not as many labels as images.",
    input: "labels",
    expected: `${images} labels`,
    received: `${labels}`,
  });
}
