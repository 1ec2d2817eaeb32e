// Written by scripts/generate.mjs from the node definitions; changes here are lost.
import type { NodeDescription } from "@inlay/engine";

/** The package's version. */
export const packVersion = "0.1.0";

/** The descriptions of all nodes, by type. */
export const descriptions: Readonly<Record<string, NodeDescription>> = {
  "file/save": {
    type: "file/save",
    version: 1,
    title: "Save File",
    category: "File",
    description:
      "Writes a file to the output folder, byte for byte, such as a video that a model made. It runs every time, and writes nothing when the same bytes stand there already.",
    aliases: ["write", "export", "output", "store", "download", "copy", "video"],
    inputs: {
      file: {
        schema: { type: "socket", name: "file" },
        required: true,
        title: "File",
        description: "The file to write.",
      },
      name: {
        schema: { type: "string", minLength: 1, maxLength: 200 },
        required: false,
        default: "{workflow}",
        title: "Name",
        description:
          "The file's name, with `/` between folders; the ending of the file is put behind it. Placeholders: `{workflow}`, `{inputs.NAME}`, `{inputs.NAME.stem}` (a file's name without its ending), `{run}`, and `{n}`, the lowest number whose name is free.",
      },
      on_exists: {
        schema: { type: "enum", values: ["number", "overwrite", "error"] },
        required: false,
        default: "number",
        title: "When the File Exists",
        description: "What to do when another file has the name: find a free one with a number, replace it, or fail.",
      },
    },
    outputs: {
      file: { schema: { type: "socket", name: "file" }, title: "File", description: "The same file." },
      written: {
        schema: { type: "json" },
        title: "Written",
        description:
          "What was written: `path`, `sha256`, `size` in bytes, `mime`, and `unchanged` when it stood there already.",
      },
    },
    resource: "none",
    isOutput: true,
    cache: "never",
  },
  "flow/repeat": {
    type: "flow/repeat",
    version: 1,
    title: "Repeat",
    category: "Flow",
    description:
      "Runs a sub-workflow several times, each time with what the last one gave. The sub-workflow has a named input `value` and a named output `value`; a named input `index` gets 0, 1, 2 and so on.",
    aliases: ["loop", "for", "iterate", "times"],
    inputs: {
      workflow: {
        schema: { type: "string" },
        required: true,
        title: "Sub-workflow",
        description: "The name of a sub-workflow of this file.",
        subWorkflow: true,
      },
      times: {
        schema: { type: "integer", min: 0, max: 1000 },
        required: false,
        default: 3,
        title: "Times",
        description: "How often it runs; 0 gives the value back as it is.",
        unit: "times",
      },
      value: {
        schema: {
          type: "union",
          options: [
            { type: "socket", name: "image" },
            { type: "socket", name: "mask" },
            { type: "socket", name: "file" },
            { type: "json" },
          ],
        },
        required: true,
        title: "Value",
        description: "What goes in the first time: an image, a mask or any JSON value.",
      },
    },
    outputs: {
      value: {
        schema: {
          type: "union",
          options: [
            { type: "socket", name: "image" },
            { type: "socket", name: "mask" },
            { type: "socket", name: "file" },
            { type: "json" },
          ],
        },
        title: "Value",
        description: "What came out the last time.",
      },
    },
    resource: "none",
  },
  "flow/repeat-until": {
    type: "flow/repeat-until",
    version: 1,
    title: "Repeat Until",
    category: "Flow",
    description:
      "Runs a sub-workflow until it says that it is done. The sub-workflow has a named input `value` and the named outputs `value` and `done`; a named input `index` gets 0, 1, 2 and so on.",
    aliases: ["loop", "while", "until", "condition"],
    inputs: {
      workflow: {
        schema: { type: "string" },
        required: true,
        title: "Sub-workflow",
        description: "The name of a sub-workflow of this file.",
        subWorkflow: true,
      },
      value: {
        schema: {
          type: "union",
          options: [
            { type: "socket", name: "image" },
            { type: "socket", name: "mask" },
            { type: "socket", name: "file" },
            { type: "json" },
          ],
        },
        required: true,
        title: "Value",
        description: "What goes in the first time: an image, a mask or any JSON value.",
      },
      most: {
        schema: { type: "integer", min: 1, max: 60 },
        required: false,
        default: 20,
        title: "At most",
        description: "How often it runs when it is never done; then the last value counts.",
        unit: "times",
      },
      done: {
        schema: { type: "boolean" },
        required: false,
        default: false,
        title: "Done",
        description: "Whether nothing is to be done at all: true gives the value back as it is.",
        advanced: true,
      },
      index: {
        schema: { type: "integer", min: 0, max: 60 },
        required: false,
        default: 0,
        title: "First index",
        description: "What the sub-workflow gets as `index` the first time.",
        unit: "times",
        advanced: true,
      },
    },
    outputs: {
      value: {
        schema: {
          type: "union",
          options: [
            { type: "socket", name: "image" },
            { type: "socket", name: "mask" },
            { type: "socket", name: "file" },
            { type: "json" },
          ],
        },
        title: "Value",
        description: "What came out the last time.",
      },
    },
    resource: "none",
  },
  "image/adjust": {
    type: "image/adjust",
    version: 1,
    title: "Adjust Image",
    category: "Image",
    description:
      "Changes brightness, contrast, saturation and gamma, in this order: brightness, contrast, gamma, saturation. Transparency, depth and channels are kept.",
    aliases: ["brightness", "contrast", "saturation", "gamma", "exposure", "levels", "colour", "grayscale"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture to change.",
      },
      brightness: {
        schema: { type: "number", min: -1, max: 1 },
        required: false,
        default: 0,
        title: "Brightness",
        description: "Added to every colour, as a part of the full range: −1 makes black, 1 white.",
        widget: "slider",
        step: 0.01,
      },
      contrast: {
        schema: { type: "number", min: 0, max: 4 },
        required: false,
        default: 1,
        title: "Contrast",
        description: "Factor of the distance to middle grey: 0 makes everything grey, 2 doubles the contrast.",
        unit: "×",
        widget: "slider",
        step: 0.01,
      },
      saturation: {
        schema: { type: "number", min: 0, max: 4 },
        required: false,
        default: 1,
        title: "Saturation",
        description: "Factor of the distance to the pixel's own grey: 0 takes the colours away, 2 doubles them.",
        unit: "×",
        widget: "slider",
        step: 0.01,
      },
      gamma: {
        schema: { type: "number", min: 0.1, max: 10 },
        required: false,
        default: 1,
        title: "Gamma",
        description: "Above 1 lightens the middle tones, below darkens them; black and white stay.",
        widget: "slider",
        step: 0.01,
      },
    },
    outputs: {
      image: { schema: { type: "socket", name: "image" }, title: "Image", description: "The changed picture." },
    },
    resource: "cpu",
  },
  "image/blend": {
    type: "image/blend",
    version: 1,
    title: "Blend Images",
    category: "Image",
    description:
      "Lays one picture over another by a blend mode, as the W3C's compositing standard says. The result has the background's depth, and transparency if the background has it. To select by a mask, use Composite Images.",
    aliases: ["mix", "layer", "overlay", "multiply", "screen", "merge", "crossfade"],
    inputs: {
      background: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Background",
        description: "The picture below.",
      },
      foreground: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Foreground",
        description: "The picture above, of the same size. Its transparency lets the background through.",
      },
      mode: {
        schema: {
          type: "enum",
          values: ["normal", "multiply", "screen", "overlay", "soft-light", "darken", "lighten", "difference", "add"],
        },
        required: false,
        default: "normal",
        title: "Mode",
        description:
          "`normal` covers; `multiply` and `darken` darken; `screen`, `lighten` and `add` lighten; `overlay` and `soft-light` raise contrast; `difference` shows where the pictures differ.",
      },
      opacity: {
        schema: { type: "number", min: 0, max: 1 },
        required: false,
        default: 1,
        title: "Opacity",
        description: "Weakens the whole foreground: 0 shows none of it.",
        widget: "slider",
        step: 0.01,
      },
    },
    outputs: {
      image: { schema: { type: "socket", name: "image" }, title: "Image", description: "Both pictures in one." },
    },
    resource: "cpu",
  },
  "image/blur": {
    type: "image/blur",
    version: 1,
    title: "Blur Image",
    category: "Image",
    description:
      "Softens a picture by a Gaussian. Size, channels and depth are kept; transparent pixels do not bleed their colour.",
    aliases: ["gaussian", "soften", "smooth", "defocus"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture to soften.",
      },
      sigma: {
        schema: { type: "number", min: 0, max: 256 },
        required: false,
        default: 4,
        title: "Sigma",
        description:
          "The Gaussian's standard deviation: the softness reaches about three times as far. Below 0.3 nothing changes.",
        unit: "px",
        widget: "slider",
        step: 0.1,
      },
    },
    outputs: {
      image: { schema: { type: "socket", name: "image" }, title: "Image", description: "The softened picture." },
    },
    resource: "cpu",
  },
  "image/compare": {
    type: "image/compare",
    version: 1,
    title: "Compare Images",
    category: "Image",
    description:
      "Measures how two pictures of one size differ, sample by sample, and shows where. Of unlike formats the richer one counts: more depth, colour before grey, no alpha as opaque.",
    aliases: ["difference", "diff", "psnr", "error", "quality", "equal", "test"],
    inputs: {
      a: { schema: { type: "socket", name: "image" }, required: true, title: "First", description: "One picture." },
      b: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Second",
        description: "The other picture, of the same size.",
      },
      tolerance: {
        schema: { type: "number", min: 0, max: 255 },
        required: false,
        default: 0,
        title: "Tolerance",
        description: "Samples that differ by at most this count as equal.",
        unit: "of 255",
      },
      amplify: {
        schema: { type: "number", min: 1, max: 255 },
        required: false,
        default: 1,
        title: "Amplify",
        description: "Multiplies the difference in the picture that shows it, not the measures.",
        unit: "×",
        widget: "slider",
      },
    },
    outputs: {
      image: {
        schema: { type: "socket", name: "image" },
        title: "Difference",
        description: "Black where the pictures are equal.",
      },
      equal: {
        schema: { type: "boolean" },
        title: "Equal",
        description: "Whether no sample differs by more than the tolerance.",
      },
      differing: {
        schema: { type: "integer" },
        title: "Differing Samples",
        description: "How many samples (pixels × channels) differ by more than the tolerance.",
      },
      max: {
        schema: { type: "number" },
        title: "Largest Difference",
        description: "Of one sample, in levels of 0–255.",
      },
      mean: {
        schema: { type: "number" },
        title: "Mean Difference",
        description: "Over all samples, in levels of 0–255.",
      },
      psnr: {
        schema: { type: "union", options: [{ type: "number" }, { type: "const", value: null }] },
        title: "PSNR",
        description:
          "Peak signal-to-noise ratio in decibels, 10 · log₁₀(255² ÷ mean squared difference): higher is more alike. Null for identical pictures.",
      },
    },
    resource: "cpu",
  },
  "image/composite": {
    type: "image/composite",
    version: 1,
    title: "Composite Images",
    category: "Image",
    description:
      "Lays one picture over another where a mask selects. Where the mask is 0 the background's samples stay exactly as they are; the result has the background's channels, depth and transparency.",
    aliases: ["blend", "merge", "overlay", "paste", "combine", "compose"],
    inputs: {
      background: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Background",
        description: "The picture below, which gives size and format.",
      },
      foreground: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Foreground",
        description: "The picture above, of the same size. Its transparency weakens the mask.",
      },
      mask: {
        schema: { type: "socket", name: "mask" },
        required: true,
        title: "Mask",
        description: "Where the foreground shows: 255 fully, 0 not at all.",
      },
      opacity: {
        schema: { type: "number", min: 0, max: 1 },
        required: false,
        default: 1,
        title: "Opacity",
        description: "Weakens the whole foreground: 0 shows none of it.",
        widget: "slider",
        step: 0.01,
      },
    },
    outputs: {
      image: { schema: { type: "socket", name: "image" }, title: "Image", description: "Both pictures in one." },
    },
    resource: "cpu",
  },
  "image/contact-sheet": {
    type: "image/contact-sheet",
    version: 1,
    title: "Contact Sheet",
    category: "Image",
    description:
      "Puts many pictures into one, in rows of equal cells, with a label below each if wanted: to see variants or a folder at a glance. The sheet has 8 bits a channel.",
    aliases: ["grid", "collage", "montage", "overview", "gallery", "tile", "mosaic", "side by side", "index print"],
    inputs: {
      images: {
        schema: { type: "list", items: { type: "socket", name: "image" }, minItems: 1, maxItems: 10000 },
        required: true,
        title: "Images",
        description: "The pictures, from left to right and top to bottom.",
      },
      columns: {
        schema: { type: "integer", min: 1, max: 1000 },
        required: false,
        title: "Columns",
        description: "How many cells a row has; without it, about as many columns as rows.",
        unit: "cells",
      },
      cell_width: {
        schema: { type: "integer", min: 8, max: 4096 },
        required: false,
        default: 256,
        title: "Cell Width",
        description: "The width of each picture's cell.",
        unit: "px",
      },
      cell_height: {
        schema: { type: "integer", min: 8, max: 4096 },
        required: false,
        default: 256,
        title: "Cell Height",
        description: "The height of each picture's cell.",
        unit: "px",
      },
      fit: {
        schema: { type: "enum", values: ["contain", "cover"] },
        required: false,
        default: "contain",
        title: "Fit",
        description:
          "`contain` shows the whole picture in its cell; `cover` fills the cell and cuts off what protrudes.",
      },
      gap: {
        schema: { type: "integer", min: 0, max: 512 },
        required: false,
        default: 8,
        title: "Gap",
        description: "Between cells, and around all of them.",
        unit: "px",
        widget: "slider",
      },
      background: {
        schema: { type: "string", pattern: "^#([0-9a-fA-F]{6}|[0-9a-fA-F]{8})$" },
        required: false,
        default: "#ffffff",
        title: "Background",
        description: "What shows between and behind the pictures: `#rrggbb`, or `#rrggbbaa` with alpha.",
        widget: "color",
      },
      labels: {
        schema: {
          type: "list",
          items: {
            type: "union",
            options: [{ type: "string", maxLength: 1000 }, { type: "number" }, { type: "boolean" }],
          },
        },
        required: false,
        title: "Labels",
        description:
          "A line below each picture, in their order; without it, none. Letters are drawn in dots and need no font; accents are left off.",
      },
      label_scale: {
        schema: { type: "integer", min: 1, max: 16 },
        required: false,
        default: 2,
        title: "Label Scale",
        description: "The size of a letter's dots: letters are seven of them high.",
        unit: "px",
        widget: "slider",
        advanced: true,
      },
      label_color: {
        schema: { type: "string", pattern: "^#([0-9a-fA-F]{6}|[0-9a-fA-F]{8})$" },
        required: false,
        default: "#000000",
        title: "Label Colour",
        description: "The colour of the labels: `#rrggbb`.",
        widget: "color",
        advanced: true,
      },
    },
    outputs: {
      image: { schema: { type: "socket", name: "image" }, title: "Image", description: "All pictures in one." },
    },
    resource: "cpu",
  },
  "image/convert": {
    type: "image/convert",
    version: 1,
    title: "Convert Image",
    category: "Image",
    description:
      "Changes how a picture's samples are stored: grey or colour, with or without transparency, 8 or 16 bits. A change to 16 bits before several adjustments avoids banding.",
    aliases: ["greyscale", "grayscale", "black and white", "bit depth", "16 bit", "channels", "format", "flatten"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture to convert.",
      },
      colors: {
        schema: { type: "enum", values: ["keep", "grey", "rgb"] },
        required: false,
        default: "keep",
        title: "Colours",
        description:
          "`grey` keeps the luma of ITU-R BT.709 in one channel; `rgb` repeats a grey sample. A grey picture has no transparency.",
      },
      alpha: {
        schema: { type: "enum", values: ["keep", "add", "drop", "on-white"] },
        required: false,
        default: "keep",
        title: "Transparency",
        description:
          "`add` makes an opaque alpha channel where there is none, `drop` takes it off and shows the hidden colours, `on-white` puts the picture in front of white.",
      },
      bits: {
        schema: { type: "enum", values: ["8", "16", "32", "keep"] },
        required: false,
        default: "keep",
        title: "Bits",
        description:
          "Bits a sample: 8, 16, or 32 for floating point from 0 to 1. Fewer bits are rounded to the nearest level.",
      },
    },
    outputs: {
      image: { schema: { type: "socket", name: "image" }, title: "Image", description: "The converted picture." },
    },
    resource: "cpu",
  },
  "image/crop": {
    type: "image/crop",
    version: 1,
    title: "Crop Image",
    category: "Image",
    description:
      "Cuts a rectangle out of a picture. Samples stay exactly as they are. A rectangle that protrudes is cut at the picture's edges, with a warning.",
    aliases: ["cut", "trim", "extract", "region", "clip"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture to cut from.",
      },
      x: {
        schema: { type: "integer", min: -20000, max: 20000 },
        required: false,
        default: 0,
        title: "X",
        description: "From the picture's left edge to the rectangle's.",
        unit: "px",
      },
      y: {
        schema: { type: "integer", min: -20000, max: 20000 },
        required: false,
        default: 0,
        title: "Y",
        description: "From the picture's top edge to the rectangle's.",
        unit: "px",
      },
      width: {
        schema: { type: "integer", min: 1, max: 20000 },
        required: true,
        title: "Width",
        description: "The rectangle's width.",
        unit: "px",
      },
      height: {
        schema: { type: "integer", min: 1, max: 20000 },
        required: true,
        title: "Height",
        description: "The rectangle's height.",
        unit: "px",
      },
    },
    outputs: {
      image: {
        schema: { type: "socket", name: "image" },
        title: "Image",
        description: "What was inside the rectangle.",
      },
    },
    resource: "cpu",
  },
  "image/flip": {
    type: "image/flip",
    version: 1,
    title: "Flip Image",
    category: "Image",
    description: "Mirrors a picture. Samples stay exactly as they are.",
    aliases: ["mirror", "flop", "reverse", "reflect"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture to mirror.",
      },
      direction: {
        schema: { type: "enum", values: ["horizontal", "vertical", "both"] },
        required: false,
        default: "horizontal",
        title: "Direction",
        description:
          "`horizontal` exchanges left and right, `vertical` exchanges top and bottom, `both` does both: half a turn.",
      },
    },
    outputs: {
      image: { schema: { type: "socket", name: "image" }, title: "Image", description: "The mirrored picture." },
    },
    resource: "cpu",
  },
  "image/invert": {
    type: "image/invert",
    version: 1,
    title: "Invert Image",
    category: "Image",
    description: "Makes a picture's negative: white becomes black, blue becomes yellow. Transparency is kept.",
    aliases: ["negative", "negate", "reverse colours", "complement"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture to turn into its negative.",
      },
    },
    outputs: {
      image: {
        schema: { type: "socket", name: "image" },
        title: "Image",
        description: "The negative, of the picture's depth and channels.",
      },
    },
    resource: "cpu",
  },
  "image/join-alpha": {
    type: "image/join-alpha",
    version: 1,
    title: "Join Alpha",
    category: "Image",
    description:
      "Makes a picture transparent by a mask, which takes the place of the transparency that it had. Colours stay exactly as they are.",
    aliases: ["transparency", "opacity", "mask to alpha", "add alpha", "cut out"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture to make transparent.",
      },
      mask: {
        schema: { type: "socket", name: "mask" },
        required: true,
        title: "Mask",
        description: "255 makes opaque, 0 transparent; of the picture's size.",
      },
    },
    outputs: {
      image: {
        schema: { type: "socket", name: "image" },
        title: "Image",
        description: "The picture with the mask as its alpha.",
      },
    },
    resource: "cpu",
  },
  "image/load": {
    type: "image/load",
    version: 1,
    title: "Load Image",
    category: "Image",
    description:
      "Reads a picture from a file of the workspace, an asset, or an https URL, by what its first bytes say. PNG, JPEG, WebP, AVIF, GIF and TIFF are read, at most 20,000 pixels a side and 128 megapixels. The picture comes out upright (EXIF orientation applied) in sRGB (an embedded colour profile is converted); 16-bit channels, greyscale and transparency are kept. Of an animation, the first frame is taken.",
    aliases: ["open", "read", "import", "photo", "picture", "file"],
    inputs: {
      source: {
        schema: {
          type: "union",
          options: [
            { type: "socket", name: "file" },
            { type: "socket", name: "image" },
          ],
        },
        required: true,
        title: "Source",
        description:
          "The picture's file: a path in the workspace, or an https URL of a public host (at most 64 MiB, fetched once a run). An image from elsewhere passes through unchanged.",
        widget: "file",
      },
    },
    outputs: {
      image: { schema: { type: "socket", name: "image" }, title: "Image", description: "The decoded picture." },
    },
    resource: "cpu",
  },
  "image/pad": {
    type: "image/pad",
    version: 1,
    title: "Pad Image",
    category: "Image",
    description:
      "Adds pixels around a picture, whose own samples stay exactly as they are: a border, or room for outpainting.",
    aliases: ["border", "extend", "canvas", "margin", "outpaint", "frame"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture in the middle.",
      },
      left: {
        schema: { type: "integer", min: 0, max: 20000 },
        required: false,
        default: 0,
        title: "Left",
        description: "Columns to add at the left.",
        unit: "px",
      },
      top: {
        schema: { type: "integer", min: 0, max: 20000 },
        required: false,
        default: 0,
        title: "Top",
        description: "Rows to add at the top.",
        unit: "px",
      },
      right: {
        schema: { type: "integer", min: 0, max: 20000 },
        required: false,
        default: 0,
        title: "Right",
        description: "Columns to add at the right.",
        unit: "px",
      },
      bottom: {
        schema: { type: "integer", min: 0, max: 20000 },
        required: false,
        default: 0,
        title: "Bottom",
        description: "Rows to add at the bottom.",
        unit: "px",
      },
      fill: {
        schema: { type: "enum", values: ["color", "edge", "reflect"] },
        required: false,
        default: "color",
        title: "Fill",
        description:
          "What the new pixels show: one colour, the nearest pixel of the edge, or the picture mirrored at its edge.",
      },
      color: {
        schema: { type: "string", pattern: "^#([0-9a-fA-F]{6}|[0-9a-fA-F]{8})$" },
        required: false,
        default: "#000000",
        title: "Colour",
        description:
          "For the fill `color`. `#rrggbb`, or `#rrggbbaa` with alpha. A colour that is not opaque gives the picture an alpha channel; a grey picture stays grey for a grey.",
        widget: "color",
      },
    },
    outputs: {
      image: { schema: { type: "socket", name: "image" }, title: "Image", description: "The larger picture." },
      mask: {
        schema: { type: "socket", name: "mask" },
        title: "New Area",
        description: "255 where pixels were added, 0 where the picture is: what an inpainting node is to paint.",
      },
    },
    resource: "cpu",
  },
  "image/paste": {
    type: "image/paste",
    version: 1,
    title: "Paste Image",
    category: "Image",
    description:
      "Lays a smaller picture at a place of a larger one: a watermark, or a part that was cropped, changed and goes back. What protrudes is cut off; the result has the background's size, channels and depth.",
    aliases: ["place", "insert", "watermark", "logo", "position", "stitch", "uncrop", "overlay"],
    inputs: {
      background: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Background",
        description: "The picture below, which gives size and format.",
      },
      foreground: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Foreground",
        description: "The picture to lay on it. Where it is transparent the background shows through.",
      },
      x: {
        schema: { type: "integer", min: -20000, max: 20000 },
        required: false,
        default: 0,
        title: "X",
        description: "From the background's left edge to the foreground's; it may be negative.",
        unit: "px",
      },
      y: {
        schema: { type: "integer", min: -20000, max: 20000 },
        required: false,
        default: 0,
        title: "Y",
        description: "From the background's top edge to the foreground's; it may be negative.",
        unit: "px",
      },
      mask: {
        schema: { type: "socket", name: "mask" },
        required: false,
        title: "Mask",
        description: "Which part of the foreground shows, of the foreground's size: 255 fully, 0 not at all.",
      },
      opacity: {
        schema: { type: "number", min: 0, max: 1 },
        required: false,
        default: 1,
        title: "Opacity",
        description: "Weakens the whole foreground: 0 shows none of it.",
        widget: "slider",
        step: 0.01,
      },
    },
    outputs: {
      image: { schema: { type: "socket", name: "image" }, title: "Image", description: "Both pictures in one." },
    },
    resource: "cpu",
  },
  "image/preview": {
    type: "image/preview",
    version: 1,
    title: "Preview Image",
    category: "Image",
    description:
      "Shows a small copy of a picture while the workflow runs, and writes no file. The copy is a JPEG; transparency is shown on white.",
    aliases: ["show", "view", "thumbnail", "inspect"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture to show.",
      },
      max_size: {
        schema: { type: "integer", min: 16, max: 2048 },
        required: false,
        default: 512,
        title: "Largest Side",
        description: "The longer side of the copy; a smaller picture is shown as it is.",
        unit: "px",
        advanced: true,
      },
    },
    outputs: { image: { schema: { type: "socket", name: "image" }, title: "Image", description: "The same picture." } },
    resource: "cpu",
    isOutput: true,
    cache: "never",
  },
  "image/resize": {
    type: "image/resize",
    version: 1,
    title: "Resize Image",
    category: "Image",
    description:
      "Scales a picture to another size. With only one side given, the other follows from the picture's shape. Depth, channels and transparency are kept, and colours are weighted by their alpha.",
    aliases: ["scale", "shrink", "enlarge", "downscale", "upscale", "thumbnail", "dimensions"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture to scale.",
      },
      width: {
        schema: { type: "integer", min: 1, max: 20000 },
        required: false,
        title: "Width",
        description: "The new width; without it, it follows from the height.",
        unit: "px",
      },
      height: {
        schema: { type: "integer", min: 1, max: 20000 },
        required: false,
        title: "Height",
        description: "The new height; without it, it follows from the width.",
        unit: "px",
      },
      fit: {
        schema: { type: "enum", values: ["inside", "outside", "cover", "contain", "fill"] },
        required: false,
        default: "inside",
        title: "Fit",
        description:
          "What to do when both sides are given and the shape differs. `inside`: the largest size of the picture's shape that fits in. `outside`: the smallest that covers. `cover`: exactly this size, what protrudes is cut off. `contain`: exactly this size, with a background around. `fill`: exactly this size, distorted.",
      },
      kernel: {
        schema: { type: "enum", values: ["nearest", "bilinear", "bicubic", "mitchell", "lanczos2", "lanczos3"] },
        required: false,
        default: "lanczos3",
        title: "Kernel",
        description:
          "How new pixels are made of old ones, from hard to sharp: `nearest` copies pixels unchanged, `bilinear` is soft, `bicubic` and `mitchell` are between, `lanczos3` keeps the most detail and may ring at hard edges.",
        advanced: true,
      },
      without_enlargement: {
        schema: { type: "boolean" },
        required: false,
        default: false,
        title: "Never Enlarge",
        description: "Keeps a picture that is smaller than the size as it is; `contain` still adds the background.",
      },
      background: {
        schema: { type: "string", pattern: "^#([0-9a-fA-F]{6}|[0-9a-fA-F]{8})$" },
        required: false,
        default: "#000000",
        title: "Background",
        description:
          "For `contain`: the colour around the picture. `#rrggbb`, or `#rrggbbaa` with alpha. A colour that is not opaque gives the picture an alpha channel; a grey picture stays grey for a grey.",
        widget: "color",
      },
    },
    outputs: {
      image: { schema: { type: "socket", name: "image" }, title: "Image", description: "The scaled picture." },
    },
    resource: "cpu",
    hasRules: true,
  },
  "image/rotate": {
    type: "image/rotate",
    version: 1,
    title: "Rotate Image",
    category: "Image",
    description:
      "Turns a picture about its centre. Quarters of a turn copy every sample exactly; other angles interpolate bicubically.",
    aliases: ["turn", "straighten", "orientation", "angle", "tilt"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture to turn.",
      },
      angle: {
        schema: { type: "number", min: -360, max: 360 },
        required: false,
        default: 90,
        title: "Angle",
        description: "How far to turn: clockwise, or counter-clockwise when negative.",
        unit: "°",
        widget: "slider",
      },
      expand: {
        schema: { type: "boolean" },
        required: false,
        default: true,
        title: "Expand",
        description:
          "Makes the result as large as the whole turned picture. Without, it keeps its size and corners are cut off.",
      },
      background: {
        schema: { type: "string", pattern: "^#([0-9a-fA-F]{6}|[0-9a-fA-F]{8})$" },
        required: false,
        default: "#000000",
        title: "Background",
        description:
          "What shows where there is no picture. `#rrggbb`, or `#rrggbbaa` with alpha. A colour that is not opaque gives the picture an alpha channel; a grey picture stays grey for a grey.",
        widget: "color",
      },
    },
    outputs: {
      image: { schema: { type: "socket", name: "image" }, title: "Image", description: "The turned picture." },
    },
    resource: "cpu",
  },
  "image/save": {
    type: "image/save",
    version: 1,
    title: "Save Image",
    category: "Image",
    description:
      "Writes a picture to the output folder. PNG keeps every sample exactly, 8 or 16 bit; JPEG, WebP and AVIF are 8 bit and lossy. The density (pixels per inch) that the source file had is written again, and nothing else of it: no place, no camera. It runs every time, and writes nothing when the same bytes stand there already.",
    aliases: ["write", "export", "output", "store", "download"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture to write.",
      },
      name: {
        schema: { type: "string", minLength: 1, maxLength: 200 },
        required: false,
        default: "{workflow}",
        title: "Name",
        description:
          "The file's name, with `/` between folders. Placeholders: `{workflow}`, `{inputs.NAME}`, `{inputs.NAME.stem}` (a file's name without its ending), `{run}`, and `{n}`: for the pictures of a list their place from 1, else the lowest number whose name is free.",
      },
      format: {
        schema: { type: "enum", values: ["png", "jpeg", "webp", "avif"] },
        required: false,
        default: "png",
        title: "Format",
        description:
          "The file format, unless the name ends in `.png`, `.jpg`, `.jpeg`, `.webp` or `.avif`: then the name decides.",
      },
      quality: {
        schema: { type: "integer", min: 1, max: 100 },
        required: false,
        default: 90,
        title: "Quality",
        description:
          "For JPEG, WebP and AVIF: higher looks better and takes more space. Above 90, JPEG keeps full colour resolution.",
        unit: "%",
        widget: "slider",
      },
      compression: {
        schema: { type: "integer", min: 0, max: 9 },
        required: false,
        default: 2,
        title: "PNG Compression",
        description: "For PNG: 0 is fast and large, 9 slow and small. The pixels are the same.",
        widget: "slider",
        advanced: true,
      },
      metadata: {
        schema: { type: "enum", values: ["full", "graph", "none"] },
        required: false,
        default: "full",
        title: "Metadata",
        description:
          "What the picture says about how it was made, as XMP. `full`: the workflow, the values of its named inputs and its seeds. `graph`: the workflow alone. `none`: nothing. Tokens, folders of this machine and queries of URLs are never in it.",
      },
      on_exists: {
        schema: { type: "enum", values: ["number", "overwrite", "error"] },
        required: false,
        default: "number",
        title: "When the File Exists",
        description: "What to do when another file has the name: find a free one with a number, replace it, or fail.",
      },
    },
    outputs: {
      image: { schema: { type: "socket", name: "image" }, title: "Image", description: "The same picture." },
      file: {
        schema: { type: "json" },
        title: "File",
        description:
          "What was written: `path`, `sha256`, `size` in bytes, `mime`, and `unchanged` when it stood there already.",
      },
    },
    resource: "cpu",
    isOutput: true,
    cache: "never",
  },
  "image/sharpen": {
    type: "image/sharpen",
    version: 1,
    title: "Sharpen Image",
    category: "Image",
    description:
      "Sharpens a picture by unsharp masking: what a blur would take away is added. Transparency and flat areas stay exactly as they are.",
    aliases: ["unsharp", "crisp", "detail", "clarity"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture to sharpen.",
      },
      sigma: {
        schema: { type: "number", min: 0.3, max: 64 },
        required: false,
        default: 1,
        title: "Sigma",
        description: "The size of the details: the standard deviation of the blur.",
        unit: "px",
        widget: "slider",
        step: 0.1,
      },
      amount: {
        schema: { type: "number", min: 0, max: 10 },
        required: false,
        default: 1,
        title: "Amount",
        description: "How strong: 0 changes nothing, 1 doubles the contrast of details.",
        unit: "×",
        widget: "slider",
        step: 0.05,
      },
      threshold: {
        schema: { type: "number", min: 0, max: 1 },
        required: false,
        default: 0,
        title: "Threshold",
        description: "Leaves weaker details alone, such as noise: a part of the full range of brightness.",
        widget: "slider",
        step: 0.005,
        advanced: true,
      },
    },
    outputs: {
      image: { schema: { type: "socket", name: "image" }, title: "Image", description: "The sharpened picture." },
    },
    resource: "cpu",
  },
  "image/size": {
    type: "image/size",
    version: 1,
    title: "Image Size",
    category: "Image",
    description: "Tells a picture's size and format as values that other inputs can use.",
    aliases: ["dimensions", "width", "height", "resolution", "info", "properties"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture to measure.",
      },
    },
    outputs: {
      width: { schema: { type: "integer" }, title: "Width", description: "Pixels across." },
      height: { schema: { type: "integer" }, title: "Height", description: "Pixels down." },
      longer: {
        schema: { type: "integer" },
        title: "Longer Side",
        description: "The larger of width and height in pixels.",
      },
      shorter: {
        schema: { type: "integer" },
        title: "Shorter Side",
        description: "The smaller of width and height in pixels.",
      },
      aspect: { schema: { type: "number" }, title: "Aspect", description: "Width ÷ height: above 1 for a landscape." },
      megapixels: { schema: { type: "number" }, title: "Megapixels", description: "Width × height ÷ 1,000,000." },
      channels: { schema: { type: "integer" }, title: "Channels", description: "1 grey, 3 RGB, 4 RGB with alpha." },
      bits: {
        schema: { type: "integer" },
        title: "Bits",
        description: "Bits a sample: 8, 16, or 32 for floating point.",
      },
      has_alpha: {
        schema: { type: "boolean" },
        title: "Has Alpha",
        description: "Whether the picture can be transparent.",
      },
    },
    resource: "none",
  },
  "image/solid": {
    type: "image/solid",
    version: 1,
    title: "Plain Image",
    category: "Image",
    description: "Makes a picture of one colour: a background for Composite, Blend or Paste.",
    aliases: ["empty", "blank", "background", "color", "fill", "canvas", "new"],
    inputs: {
      width: {
        schema: { type: "integer", min: 1, max: 20000 },
        required: false,
        default: 1024,
        title: "Width",
        description: "The picture's width.",
        unit: "px",
      },
      height: {
        schema: { type: "integer", min: 1, max: 20000 },
        required: false,
        default: 1024,
        title: "Height",
        description: "The picture's height.",
        unit: "px",
      },
      color: {
        schema: { type: "string", pattern: "^#([0-9a-fA-F]{6}|[0-9a-fA-F]{8})$" },
        required: false,
        default: "#ffffff",
        title: "Colour",
        description: "`#rrggbb`, or `#rrggbbaa` with alpha, which gives the picture an alpha channel.",
        widget: "color",
      },
    },
    outputs: {
      image: {
        schema: { type: "socket", name: "image" },
        title: "Image",
        description: "The picture, 8 bits a channel.",
      },
    },
    resource: "cpu",
  },
  "image/split-alpha": {
    type: "image/split-alpha",
    version: 1,
    title: "Split Alpha",
    category: "Image",
    description:
      "Takes a picture's transparency off as a mask. Colours stay exactly as they are stored, also where they were transparent.",
    aliases: ["transparency", "opacity", "alpha to mask", "remove alpha", "channel"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture to take apart.",
      },
    },
    outputs: {
      image: {
        schema: { type: "socket", name: "image" },
        title: "Image",
        description: "The picture without transparency.",
      },
      mask: {
        schema: { type: "socket", name: "mask" },
        title: "Mask",
        description: "255 where the picture was opaque, 0 where it was transparent; 255 everywhere if it had no alpha.",
      },
    },
    resource: "cpu",
  },
  "inpaint/crop-to-mask": {
    type: "inpaint/crop-to-mask",
    version: 1,
    title: "Crop to Mask",
    category: "Inpaint",
    description:
      "Cuts out what a mask selects, with its surroundings, in a size that a model works well in. Stitch Back lays what was made of it exactly to where it was: nothing shifts, at any size. The crop stays inside the picture; only when that is too small for the multiple are the edge pixels extended.",
    aliases: ["crop and stitch", "region", "surroundings", "inpaint crop", "zoom", "masked area"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture to cut from.",
      },
      mask: {
        schema: { type: "socket", name: "mask" },
        required: true,
        title: "Mask",
        description: "What the crop must hold: everything above 0.",
      },
      context_mask: {
        schema: { type: "socket", name: "mask" },
        required: false,
        title: "Context Mask",
        description: "What else the crop must hold, such as an object whose look matters. It is not repainted.",
      },
      context: {
        schema: { type: "number", min: 1, max: 100 },
        required: false,
        default: 1.5,
        title: "Context",
        description: "How many times as wide and high as the mask the crop is, as far as the picture reaches.",
        unit: "×",
        step: 0.1,
      },
      size: {
        schema: { type: "integer", min: 64, max: 8192 },
        required: false,
        default: 1024,
        title: "Size",
        description: "The longest side in which the model works best.",
        unit: "px",
      },
      scaling: {
        schema: { type: "enum", values: ["shrink", "fit", "never"] },
        required: false,
        default: "shrink",
        title: "Scaling",
        description:
          "`shrink`: only a crop that is larger than the size is scaled down. `fit`: a smaller one is enlarged too, at most 8 times. `never`: pixels stay as they are.",
      },
      widen: {
        schema: { type: "boolean" },
        required: false,
        default: false,
        title: "Widen",
        description: "A crop that is smaller than the size takes in more of the picture, up to the size.",
      },
      multiple: {
        schema: { type: "integer", min: 1, max: 256 },
        required: false,
        default: 16,
        title: "Multiple",
        description: "Both sides of the crop are multiples of this, as models want it.",
        advanced: true,
      },
    },
    outputs: {
      image: {
        schema: { type: "socket", name: "image" },
        title: "Image",
        description: "The crop, in the size to work in.",
      },
      mask: { schema: { type: "socket", name: "mask" }, title: "Mask", description: "The same part of the mask." },
      region: {
        schema: {
          type: "object",
          fields: {
            x: { type: "integer", min: -160000, max: 160000 },
            y: { type: "integer", min: -160000, max: 160000 },
            width: { type: "integer", min: 1, max: 160000 },
            height: { type: "integer", min: 1, max: 160000 },
            scaled_width: { type: "integer", min: 1, max: 160000 },
            scaled_height: { type: "integer", min: 1, max: 160000 },
            image_width: { type: "integer", min: 1, max: 160000 },
            image_height: { type: "integer", min: 1, max: 160000 },
          },
          optional: [],
        },
        title: "Region",
        description: "Where the crop was cut; for Stitch Back.",
      },
    },
    resource: "cpu",
  },
  "inpaint/fill-from-surroundings": {
    type: "inpaint/fill-from-surroundings",
    version: 1,
    title: "Fill from Surroundings",
    category: "Inpaint",
    description:
      "Fills the masked part of a picture with texture from around it, by PatchMatch: on this computer, without network, key or cost. It continues what surrounds the hole, and invents nothing: good for removing something from grass, walls or sky. Where the mask is 0 no sample changes; size, depth and transparency are kept. What is filled is computed in 8 bits a channel.",
    aliases: ["patchmatch", "content aware", "heal", "remove", "erase", "retouch", "local"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture to change.",
      },
      mask: {
        schema: { type: "socket", name: "mask" },
        required: true,
        title: "Mask",
        description:
          "What to fill: everything above 0. Its soft edge blends the filling in. It should have the picture's size; one of the same shape is scaled.",
      },
      seed: {
        schema: { type: "integer", min: 0, max: 4294967295 },
        required: false,
        default: 1,
        title: "Seed",
        description: "Another seed gives another filling; the same seed gives the same samples on every computer.",
        widget: "seed",
      },
    },
    outputs: {
      image: {
        schema: { type: "socket", name: "image" },
        title: "Image",
        description: "The picture with the masked part filled.",
      },
    },
    resource: "cpu",
  },
  "inpaint/match-color": {
    type: "inpaint/match-color",
    version: 1,
    title: "Match Colour",
    category: "Inpaint",
    description:
      "Brings a picture's tone to that of another one of the same scene, so that a part of it can be laid over the other without a visible seam. Each colour is scaled and shifted by what fits best where both show the same; the same colours stay exactly as they are.",
    aliases: ["colour correction", "color match", "tone", "white balance", "seam", "harmonise", "harmonize"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture whose tone is changed.",
      },
      reference: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Reference",
        description: "The picture whose tone is wanted, of the same size.",
      },
      mask: {
        schema: { type: "socket", name: "mask" },
        required: false,
        title: "Changed Part",
        description:
          "Where the pictures differ on purpose, such as what was repainted: only what it leaves at 0 is compared. Without it everything is.",
      },
      amount: {
        schema: { type: "number", min: 0, max: 1 },
        required: false,
        default: 1,
        title: "Amount",
        description: "How much of the change is made: 0 makes none.",
        unit: "×",
        widget: "slider",
        step: 0.01,
      },
    },
    outputs: {
      image: {
        schema: { type: "socket", name: "image" },
        title: "Image",
        description: "The picture in the reference's tone.",
      },
    },
    resource: "cpu",
  },
  "inpaint/outpaint-pad": {
    type: "inpaint/outpaint-pad",
    version: 1,
    title: "Outpaint Pad",
    category: "Inpaint",
    description:
      "Adds room around a picture and makes the mask of it, so that Inpaint can continue the picture beyond its edges: by so many pixels, or to a shape such as 16:9. The picture's own samples stay as they are.",
    aliases: ["outpaint", "extend", "uncrop", "canvas", "aspect ratio", "16:9", "expand"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture to continue.",
      },
      left: {
        schema: { type: "integer", min: 0, max: 20000 },
        required: false,
        default: 0,
        title: "Left",
        description: "Columns to add at the left.",
        unit: "px",
      },
      top: {
        schema: { type: "integer", min: 0, max: 20000 },
        required: false,
        default: 0,
        title: "Top",
        description: "Rows to add at the top.",
        unit: "px",
      },
      right: {
        schema: { type: "integer", min: 0, max: 20000 },
        required: false,
        default: 0,
        title: "Right",
        description: "Columns to add at the right.",
        unit: "px",
      },
      bottom: {
        schema: { type: "integer", min: 0, max: 20000 },
        required: false,
        default: 0,
        title: "Bottom",
        description: "Rows to add at the bottom.",
        unit: "px",
      },
      ratio: {
        schema: { type: "string", pattern: "^[1-9][0-9]{0,3}:[1-9][0-9]{0,3}$" },
        required: false,
        title: "Ratio",
        description:
          "The shape that the picture is to have, width to height such as `16:9`: what that lacks is added besides. Without it only the sides count.",
      },
      position: {
        schema: { type: "enum", values: ["start", "middle", "end"] },
        required: false,
        default: "middle",
        title: "Position",
        description:
          "Where the picture lies in what the ratio adds: at the left or top, in the middle, at the right or bottom.",
      },
      overlap: {
        schema: { type: "integer", min: 0, max: 512 },
        required: false,
        default: 0,
        title: "Overlap",
        description: "How far the mask reaches into the picture, so that its edge is painted anew as well.",
        unit: "px",
        advanced: true,
      },
      fill: {
        schema: { type: "enum", values: ["edge", "reflect"] },
        required: false,
        default: "edge",
        title: "Fill",
        description:
          "What the new pixels show until they are painted: the nearest pixel of the edge, or the picture mirrored.",
        advanced: true,
      },
    },
    outputs: {
      image: { schema: { type: "socket", name: "image" }, title: "Image", description: "The larger picture." },
      mask: {
        schema: { type: "socket", name: "mask" },
        title: "Mask",
        description: "255 where there is room to paint, 0 where the picture is.",
      },
    },
    resource: "cpu",
  },
  "inpaint/stitch": {
    type: "inpaint/stitch",
    version: 1,
    title: "Stitch Back",
    category: "Inpaint",
    description:
      "Lays what was made of a crop back to exactly where Crop to Mask cut it. Where the mask is 0, and outside of the crop, no sample changes; depth, transparency, profile and metadata are the picture's.",
    aliases: ["crop and stitch", "uncrop", "paste back", "merge", "blend", "inpaint stitch"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The whole picture, from which the crop was cut.",
      },
      patch: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Patch",
        description: "What was made of the crop, in its size or another one of that shape.",
      },
      region: {
        schema: {
          type: "object",
          fields: {
            x: { type: "integer", min: -160000, max: 160000 },
            y: { type: "integer", min: -160000, max: 160000 },
            width: { type: "integer", min: 1, max: 160000 },
            height: { type: "integer", min: 1, max: 160000 },
            scaled_width: { type: "integer", min: 1, max: 160000 },
            scaled_height: { type: "integer", min: 1, max: 160000 },
            image_width: { type: "integer", min: 1, max: 160000 },
            image_height: { type: "integer", min: 1, max: 160000 },
          },
          optional: [],
        },
        required: true,
        title: "Region",
        description: "Where it belongs, from Crop to Mask.",
      },
      mask: {
        schema: { type: "socket", name: "mask" },
        required: false,
        title: "Blend Mask",
        description:
          "Where the patch shows: 255 fully, 0 not at all. As large as the picture, or as the crop. Without it the whole crop is replaced.",
      },
    },
    outputs: {
      image: {
        schema: { type: "socket", name: "image" },
        title: "Image",
        description: "The whole picture with the patch in it.",
      },
    },
    resource: "cpu",
  },
  "mask/area": {
    type: "mask/area",
    version: 1,
    title: "Mask Area",
    category: "Mask",
    description: "Measures how much a mask selects, so that a switch can leave out what would have nothing to do.",
    aliases: ["coverage", "size", "empty", "percentage", "count", "measure", "statistics"],
    inputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        required: true,
        title: "Mask",
        description: "The mask to measure.",
      },
    },
    outputs: {
      share: {
        schema: { type: "number" },
        title: "Share",
        description:
          "The mean of all samples, from 0 (nothing is selected) to 1 (everything): half selected counts half.",
      },
      pixels: {
        schema: { type: "integer" },
        title: "Pixels",
        description: "How many pixels are at least half selected.",
      },
      is_empty: { schema: { type: "boolean" }, title: "Is Empty", description: "Whether every sample is 0." },
      is_full: { schema: { type: "boolean" }, title: "Is Full", description: "Whether every sample is 255." },
    },
    resource: "cpu",
  },
  "mask/bounds": {
    type: "mask/bounds",
    version: 1,
    title: "Mask Bounds",
    category: "Mask",
    description:
      "Measures the smallest rectangle that holds everything that a mask selects, soft edges too. Its numbers fit the crop of a picture of the same size.",
    aliases: ["bounding box", "bbox", "extent", "rectangle", "crop", "measure"],
    inputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        required: true,
        title: "Mask",
        description: "The mask to measure; it must select something.",
      },
      padding: {
        schema: { type: "integer", min: 0, max: 16384 },
        required: false,
        default: 0,
        title: "Padding",
        description: "How much wider the rectangle becomes on every side, as far as the picture reaches.",
        unit: "px",
      },
    },
    outputs: {
      x: {
        schema: { type: "integer", min: 0 },
        title: "X",
        description: "From the picture's left edge to the rectangle's, in pixels.",
      },
      y: {
        schema: { type: "integer", min: 0 },
        title: "Y",
        description: "From the picture's top edge to the rectangle's, in pixels.",
      },
      width: { schema: { type: "integer", min: 1 }, title: "Width", description: "The rectangle's width in pixels." },
      height: {
        schema: { type: "integer", min: 1 },
        title: "Height",
        description: "The rectangle's height in pixels.",
      },
    },
    resource: "cpu",
  },
  "mask/combine": {
    type: "mask/combine",
    version: 1,
    title: "Combine Masks",
    category: "Mask",
    description:
      "Makes one selection of two masks of the same size: what either selects, what both select, the first without the second, or what exactly one selects. Soft edges are kept: samples are combined as max(a, b), min(a, b), min(a, 255 − b), and the larger of the two differences.",
    aliases: ["union", "intersect", "subtract", "xor", "add", "merge", "boolean", "difference"],
    inputs: {
      a: {
        schema: { type: "socket", name: "mask" },
        required: true,
        title: "First Mask",
        description: "The first mask, from which `subtract` takes away.",
      },
      b: {
        schema: { type: "socket", name: "mask" },
        required: true,
        title: "Second Mask",
        description: "The second mask, of the same size.",
      },
      operation: {
        schema: { type: "enum", values: ["union", "intersect", "subtract", "xor"] },
        required: false,
        default: "union",
        title: "Operation",
        description:
          "`union`: either of them. `intersect`: both. `subtract`: the first but not the second. `xor`: exactly one of them.",
      },
    },
    outputs: { mask: { schema: { type: "socket", name: "mask" }, title: "Mask", description: "The combined mask." } },
    resource: "cpu",
  },
  "mask/crop": {
    type: "mask/crop",
    version: 1,
    title: "Crop Mask",
    category: "Mask",
    description:
      "Cuts a rectangle out of a mask, as Crop Image does with a picture, so that both still fit. A rectangle that protrudes is cut at the mask's edges, with a warning.",
    aliases: ["cut", "trim", "extract", "region", "clip"],
    inputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        required: true,
        title: "Mask",
        description: "The mask to cut from.",
      },
      x: {
        schema: { type: "integer", min: -20000, max: 20000 },
        required: false,
        default: 0,
        title: "X",
        description: "From the mask's left edge to the rectangle's.",
        unit: "px",
      },
      y: {
        schema: { type: "integer", min: -20000, max: 20000 },
        required: false,
        default: 0,
        title: "Y",
        description: "From the mask's top edge to the rectangle's.",
        unit: "px",
      },
      width: {
        schema: { type: "integer", min: 1, max: 20000 },
        required: true,
        title: "Width",
        description: "The rectangle's width.",
        unit: "px",
      },
      height: {
        schema: { type: "integer", min: 1, max: 20000 },
        required: true,
        title: "Height",
        description: "The rectangle's height.",
        unit: "px",
      },
    },
    outputs: {
      mask: { schema: { type: "socket", name: "mask" }, title: "Mask", description: "What was inside the rectangle." },
    },
    resource: "cpu",
  },
  "mask/ellipse": {
    type: "mask/ellipse",
    version: 1,
    title: "Ellipse Mask",
    category: "Mask",
    description: "Selects an upright ellipse. Lengths are pixels of the picture, and may be fractions.",
    aliases: ["circle", "oval", "round", "shape"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture that the mask is for; only its size matters.",
      },
      cx: {
        schema: { type: "number", min: -131072, max: 131072 },
        required: true,
        title: "Centre X",
        description: "From the left edge to the centre.",
        unit: "px",
      },
      cy: {
        schema: { type: "number", min: -131072, max: 131072 },
        required: true,
        title: "Centre Y",
        description: "From the top edge to the centre.",
        unit: "px",
      },
      rx: {
        schema: { type: "number", min: 0, max: 131072 },
        required: true,
        title: "Radius X",
        description: "Half the ellipse's width.",
        unit: "px",
      },
      ry: {
        schema: { type: "number", min: 0, max: 131072 },
        required: true,
        title: "Radius Y",
        description: "Half the ellipse's height.",
        unit: "px",
      },
      antialias: {
        schema: { type: "boolean" },
        required: false,
        default: true,
        title: "Smooth Edge",
        description: "Gives edge pixels the part of them that is covered. Without, every pixel is 0 or 255.",
        advanced: true,
      },
      invert: {
        schema: { type: "boolean" },
        required: false,
        default: false,
        title: "Invert",
        description: "Selects everything outside the shape instead.",
      },
    },
    outputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        title: "Mask",
        description: "255 inside the shape, 0 outside.",
      },
    },
    resource: "cpu",
  },
  "mask/feather": {
    type: "mask/feather",
    version: 1,
    title: "Feather Mask",
    category: "Mask",
    description:
      "Softens a mask's edge like a Gaussian. What is further from the selection than the softness reaches stays exactly 0.",
    aliases: ["blur", "soften", "smooth", "edge", "gaussian"],
    inputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        required: true,
        title: "Mask",
        description: "The mask to soften.",
      },
      radius: {
        schema: { type: "integer", min: 0, max: 512 },
        required: false,
        default: 16,
        title: "Radius",
        description: "How far the softness reaches to each side, about; 0 changes nothing.",
        unit: "px",
        widget: "slider",
      },
      direction: {
        schema: { type: "enum", values: ["both", "inward", "outward"] },
        required: false,
        default: "both",
        title: "Direction",
        description:
          "Where the softness lies: on both sides of the edge, inside (nothing new is selected), or outside (nothing selected is lost).",
      },
    },
    outputs: { mask: { schema: { type: "socket", name: "mask" }, title: "Mask", description: "The softened mask." } },
    resource: "cpu",
  },
  "mask/fill-holes": {
    type: "mask/fill-holes",
    version: 1,
    title: "Fill Holes in Mask",
    category: "Mask",
    description:
      "Selects everything that a selection encloses, whatever its size. A hole is what cannot be reached from the picture's border, going up, down, left and right, without crossing the selection. A hole behind a soft edge gets the level of the weakest place around it.",
    aliases: ["close", "solid", "enclosed", "gaps", "fill"],
    inputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        required: true,
        title: "Mask",
        description: "The mask with holes.",
      },
    },
    outputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        title: "Mask",
        description: "The mask without holes; no sample became smaller.",
      },
    },
    resource: "cpu",
  },
  "mask/from-alpha": {
    type: "mask/from-alpha",
    version: 1,
    title: "Mask from Transparency",
    category: "Mask",
    description:
      "Selects by a picture's transparency: what is opaque, or what was erased. Half transparent pixels are half selected.",
    aliases: ["alpha", "opacity", "cutout", "erased", "channel"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture whose transparency is read.",
      },
      select: {
        schema: { type: "enum", values: ["opaque", "transparent"] },
        required: false,
        default: "opaque",
        title: "Select",
        description:
          "`opaque`: the mask is the alpha channel. `transparent`: the other way round, for repainting what was erased.",
      },
    },
    outputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        title: "Mask",
        description: "255 where the picture is fully opaque or transparent.",
      },
    },
    resource: "cpu",
  },
  "mask/from-color": {
    type: "mask/from-color",
    version: 1,
    title: "Mask from Colour",
    category: "Mask",
    description:
      "Selects the pixels that have about one colour: a given one, or that of a point. From a point, only the connected area is selected unless `contiguous` is off. The mask is hard; transparency is ignored.",
    aliases: ["magic wand", "chroma key", "green screen", "colour range", "bucket", "similar"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture whose colours are compared.",
      },
      color: {
        schema: { type: "string", pattern: "^#([0-9a-fA-F]{6}|[0-9a-fA-F]{8})$" },
        required: false,
        title: "Colour",
        description: "The colour to select, `#rrggbb`; alpha is ignored. Without it, the colour of the point is taken.",
        widget: "color",
      },
      point: {
        schema: {
          type: "tuple",
          items: [
            { type: "integer", min: 0, max: 131072 },
            { type: "integer", min: 0, max: 131072 },
          ],
        },
        required: false,
        title: "Point",
        description: "A pixel [x, y], counted from 0 at the picture's top left corner.",
        unit: "px",
        widget: "point",
      },
      tolerance: {
        schema: { type: "number", min: 0, max: 255 },
        required: false,
        default: 32,
        title: "Tolerance",
        description:
          "How far red, green and blue may each be from the colour, on the scale of 0–255 whatever the picture's depth. 0 takes only the colour itself.",
        widget: "slider",
      },
      contiguous: {
        schema: { type: "boolean" },
        required: false,
        default: true,
        title: "Contiguous",
        description:
          "With a point: selects only what is connected with it through pixels of the colour, up, down, left and right. Without a point it changes nothing.",
      },
    },
    outputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        title: "Mask",
        description: "255 where the colour is, 0 elsewhere.",
      },
    },
    resource: "cpu",
    hasRules: true,
  },
  "mask/from-image": {
    type: "mask/from-image",
    version: 1,
    title: "Image to Mask",
    category: "Mask",
    description:
      "Reads a mask from a picture of one, such as a black and white file: white is selected, black is not. One channel is read, and rounded to 8 bits.",
    aliases: ["convert", "load mask", "import", "channel", "picture"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture of a mask.",
      },
      channel: {
        schema: { type: "enum", values: ["luminance", "red", "green", "blue", "alpha"] },
        required: false,
        default: "luminance",
        title: "Channel",
        description:
          "What is read: brightness (the luma of ITU-R BT.709), one of the colours, or opacity. A grey picture has the same in all colours.",
      },
    },
    outputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        title: "Mask",
        description: "The channel's samples, of the picture's size.",
      },
    },
    resource: "cpu",
  },
  "mask/from-luminance": {
    type: "mask/from-luminance",
    version: 1,
    title: "Mask from Brightness",
    category: "Mask",
    description:
      "Selects by brightness: the brighter a pixel, the more it is selected. Brightness is the luma of ITU-R BT.709, 0–255; transparency is ignored.",
    aliases: ["luma", "brightness", "luminosity", "highlights", "shadows", "grey"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture whose brightness is read.",
      },
      low: {
        schema: { type: "integer", min: 0, max: 255 },
        required: false,
        default: 0,
        title: "Low",
        description: "At this brightness and below nothing is selected. Below High.",
        widget: "slider",
      },
      high: {
        schema: { type: "integer", min: 0, max: 255 },
        required: false,
        default: 255,
        title: "High",
        description: "At this brightness and above everything is selected; between the two it rises evenly.",
        widget: "slider",
      },
    },
    outputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        title: "Mask",
        description: "255 where the picture is bright, 0 where it is dark.",
      },
    },
    resource: "cpu",
    hasRules: true,
  },
  "mask/grow": {
    type: "mask/grow",
    version: 1,
    title: "Grow Mask",
    category: "Mask",
    description:
      "Widens a selection to all sides: everything within a Euclidean distance of it is selected, so corners become round. The edge is where the mask passes 128, and no sample becomes smaller. To have a soft edge, grow first and feather afterwards.",
    aliases: ["expand", "dilate", "widen", "enlarge", "thicken"],
    inputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        required: true,
        title: "Mask",
        description: "The mask to widen.",
      },
      radius: {
        schema: { type: "integer", min: 0, max: 512 },
        required: false,
        default: 8,
        title: "Distance",
        description: "How far the edge moves outwards; 0 changes nothing.",
        unit: "px",
        widget: "slider",
      },
      antialias: {
        schema: { type: "boolean" },
        required: false,
        default: true,
        title: "Smooth Edge",
        description: "Gives slanted and curved edges one pixel of transition. Without, what moved is 0 or 255.",
        advanced: true,
      },
    },
    outputs: { mask: { schema: { type: "socket", name: "mask" }, title: "Mask", description: "The wider mask." } },
    resource: "cpu",
  },
  "mask/invert": {
    type: "mask/invert",
    version: 1,
    title: "Invert Mask",
    category: "Mask",
    description: "Selects what was not selected. A soft edge stays as soft: a sample v becomes 255 − v.",
    aliases: ["negate", "reverse", "complement", "outside"],
    inputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        required: true,
        title: "Mask",
        description: "The mask to turn round.",
      },
    },
    outputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        title: "Mask",
        description: "255 where the mask was 0, 0 where it was 255.",
      },
    },
    resource: "cpu",
  },
  "mask/paint": {
    type: "mask/paint",
    version: 1,
    title: "Painted Mask",
    category: "Mask",
    description:
      "Selects what is painted in the mask editor: brush and eraser, outlines and shapes, areas of one colour, gradients, and steps such as growing or feathering. Everything that was done is kept in the workflow, so a painted mask is shared, repeated exactly and edited on.",
    aliases: ["brush", "draw", "stroke", "eraser", "freehand", "lasso", "magic wand", "edit"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture that the mask is for; only its size matters.",
      },
      mask: {
        schema: { type: "socket", name: "mask" },
        required: false,
        title: "Mask",
        description: "A mask of the picture's size to paint on. Without it, painting starts from nothing selected.",
      },
      strokes: {
        schema: {
          type: "union",
          options: [
            {
              type: "list",
              items: {
                type: "object",
                fields: {
                  tool: {
                    type: "enum",
                    values: [
                      "brush",
                      "eraser",
                      "lasso",
                      "polygon",
                      "rectangle",
                      "ellipse",
                      "fill",
                      "wand",
                      "color-range",
                      "gradient",
                      "import",
                      "invert",
                      "clear",
                      "fill-holes",
                      "grow",
                      "shrink",
                      "feather",
                      "threshold",
                    ],
                  },
                  mode: { type: "enum", values: ["add", "subtract", "intersect"] },
                  size: {
                    type: "union",
                    options: [
                      { type: "number", min: 1, max: 4096 },
                      {
                        type: "tuple",
                        items: [
                          { type: "integer", min: 0, max: 131072 },
                          { type: "integer", min: 0, max: 131072 },
                        ],
                      },
                    ],
                  },
                  hardness: { type: "number", min: 0, max: 1 },
                  opacity: { type: "number", min: 0, max: 1 },
                  points: {
                    type: "list",
                    items: {
                      type: "tuple",
                      items: [
                        { type: "integer", min: -2097152, max: 2097152 },
                        { type: "integer", min: -2097152, max: 2097152 },
                      ],
                    },
                    minItems: 1,
                    maxItems: 100000,
                  },
                  pressure: { type: "list", items: { type: "integer", min: 0, max: 255 }, maxItems: 100000 },
                  spans: {
                    type: "list",
                    items: {
                      type: "tuple",
                      items: [
                        { type: "integer", min: 0, max: 131072 },
                        { type: "integer", min: 0, max: 131072 },
                        { type: "integer", min: 0, max: 131072 },
                      ],
                    },
                    maxItems: 4000000,
                  },
                  tolerance: { type: "number", min: 0, max: 255 },
                  shape: { type: "enum", values: ["linear", "radial"] },
                  radius: { type: "integer", min: 0, max: 512 },
                  level: { type: "integer", min: 1, max: 255 },
                  data: { type: "string" },
                },
                optional: [
                  "mode",
                  "size",
                  "hardness",
                  "opacity",
                  "points",
                  "pressure",
                  "spans",
                  "tolerance",
                  "shape",
                  "radius",
                  "level",
                  "data",
                ],
              },
              maxItems: 10000,
            },
            { type: "socket", name: "file" },
          ],
        },
        required: false,
        default: [],
        title: "Strokes",
        description:
          "What was done, in order, each with its `tool`. Points are in 1/8 px, the first [x, y] from the picture's top left corner, each other one from the point before it. `brush`, `eraser`: `size` (the diameter in px), `hardness` and `opacity` (0–1), the `points` of the way, and for a pen its `pressure` at each (0–255). With a `mode` of `add`, `subtract` or `intersect`: `lasso` and `polygon` (corners), `rectangle` and `ellipse` (two opposite corners), `gradient` (`shape` `linear` or `radial`, from full to nothing), `wand` and `color-range` (`spans` of rows: [rows down, pixels on, pixels selected]), `import` (`size` [width, height] and the packed `data`), and `fill` (the area around a point, or all). `invert`, `clear` and `fill-holes` stand alone; `grow`, `shrink` and `feather` have a `radius` in px, `threshold` a `level`. A file holds the same list as JSON, plain or gzip.",
        widget: "strokes",
      },
      invert: {
        schema: { type: "boolean" },
        required: false,
        default: false,
        title: "Invert",
        description: "Selects everything that is not painted instead.",
      },
    },
    outputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        title: "Mask",
        description: "255 where it is painted, 0 where it is not.",
      },
    },
    resource: "cpu",
    hasRules: true,
  },
  "mask/polygon": {
    type: "mask/polygon",
    version: 1,
    title: "Polygon Mask",
    category: "Mask",
    description:
      "Selects the inside of an outline with straight sides. An outline that crosses itself has no holes: everything that it winds around is selected.",
    aliases: ["lasso", "outline", "freehand", "shape", "points"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture that the mask is for; only its size matters.",
      },
      points: {
        schema: {
          type: "list",
          items: {
            type: "tuple",
            items: [
              { type: "number", min: -131072, max: 131072 },
              { type: "number", min: -131072, max: 131072 },
            ],
          },
          minItems: 3,
          maxItems: 10000,
        },
        required: true,
        title: "Points",
        description:
          "The corners [x, y] in order, from the picture's top left corner. The last is joined to the first.",
        unit: "px",
        widget: "points",
      },
      antialias: {
        schema: { type: "boolean" },
        required: false,
        default: true,
        title: "Smooth Edge",
        description: "Gives edge pixels the part of them that is covered. Without, every pixel is 0 or 255.",
        advanced: true,
      },
      invert: {
        schema: { type: "boolean" },
        required: false,
        default: false,
        title: "Invert",
        description: "Selects everything outside the shape instead.",
      },
    },
    outputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        title: "Mask",
        description: "255 inside the shape, 0 outside.",
      },
    },
    resource: "cpu",
  },
  "mask/rectangle": {
    type: "mask/rectangle",
    version: 1,
    title: "Rectangle Mask",
    category: "Mask",
    description: "Selects an upright rectangle. Lengths are pixels of the picture, and may be fractions.",
    aliases: ["box", "square", "area", "region", "shape"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture that the mask is for; only its size matters.",
      },
      x: {
        schema: { type: "number", min: -65536, max: 65536 },
        required: true,
        title: "X",
        description: "From the picture's left edge to the rectangle's.",
        unit: "px",
      },
      y: {
        schema: { type: "number", min: -65536, max: 65536 },
        required: true,
        title: "Y",
        description: "From the picture's top edge to the rectangle's.",
        unit: "px",
      },
      width: {
        schema: { type: "number", min: 0, max: 65536 },
        required: true,
        title: "Width",
        description: "The rectangle's width; 0 selects nothing.",
        unit: "px",
      },
      height: {
        schema: { type: "number", min: 0, max: 65536 },
        required: true,
        title: "Height",
        description: "The rectangle's height; 0 selects nothing.",
        unit: "px",
      },
      antialias: {
        schema: { type: "boolean" },
        required: false,
        default: true,
        title: "Smooth Edge",
        description: "Gives edge pixels the part of them that is covered. Without, every pixel is 0 or 255.",
        advanced: true,
      },
      invert: {
        schema: { type: "boolean" },
        required: false,
        default: false,
        title: "Invert",
        description: "Selects everything outside the shape instead.",
      },
    },
    outputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        title: "Mask",
        description: "255 inside the shape, 0 outside.",
      },
    },
    resource: "cpu",
  },
  "mask/resize": {
    type: "mask/resize",
    version: 1,
    title: "Resize Mask",
    category: "Mask",
    description:
      "Brings a mask to the size of a picture that was scaled. Its shape is stretched if the picture has another one.",
    aliases: ["scale", "stretch", "fit", "match size"],
    inputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        required: true,
        title: "Mask",
        description: "The mask to scale.",
      },
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture that the mask is for; only its size matters.",
      },
      smooth: {
        schema: { type: "boolean" },
        required: false,
        default: true,
        title: "Smooth",
        description:
          "Interpolates, which keeps soft edges soft. Without, samples are copied, so that no new levels appear.",
      },
    },
    outputs: {
      mask: { schema: { type: "socket", name: "mask" }, title: "Mask", description: "The mask in the picture's size." },
    },
    resource: "cpu",
  },
  "mask/shrink": {
    type: "mask/shrink",
    version: 1,
    title: "Shrink Mask",
    category: "Mask",
    description:
      "Narrows a selection from all sides: what lies within a Euclidean distance of something unselected is no longer selected. The edge is where the mask passes 128, and no sample becomes larger. A selection does not shrink away from the picture's border.",
    aliases: ["contract", "erode", "narrow", "reduce", "thin"],
    inputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        required: true,
        title: "Mask",
        description: "The mask to narrow.",
      },
      radius: {
        schema: { type: "integer", min: 0, max: 512 },
        required: false,
        default: 8,
        title: "Distance",
        description: "How far the edge moves inwards; 0 changes nothing.",
        unit: "px",
        widget: "slider",
      },
      antialias: {
        schema: { type: "boolean" },
        required: false,
        default: true,
        title: "Smooth Edge",
        description: "Gives slanted and curved edges one pixel of transition. Without, what moved is 0 or 255.",
        advanced: true,
      },
    },
    outputs: { mask: { schema: { type: "socket", name: "mask" }, title: "Mask", description: "The narrower mask." } },
    resource: "cpu",
  },
  "mask/threshold": {
    type: "mask/threshold",
    version: 1,
    title: "Threshold Mask",
    category: "Mask",
    description: "Makes a mask hard: every sample becomes 255 or 0, depending on whether it reaches a level.",
    aliases: ["binarize", "harden", "cutoff", "level", "binary"],
    inputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        required: true,
        title: "Mask",
        description: "The mask to make hard.",
      },
      level: {
        schema: { type: "integer", min: 1, max: 255 },
        required: false,
        default: 128,
        title: "Level",
        description: "The lowest sample that is selected. 1 selects everything that a soft edge touches.",
        widget: "slider",
      },
    },
    outputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        title: "Mask",
        description: "255 at the level and above, 0 below.",
      },
    },
    resource: "cpu",
  },
  "mask/to-image": {
    type: "mask/to-image",
    version: 1,
    title: "Mask to Image",
    category: "Mask",
    description:
      "Shows a mask as a grey picture of 8 bits: white is selected, black is not. Saved as PNG it is kept exactly.",
    aliases: ["convert", "greyscale", "export", "picture", "view"],
    inputs: {
      mask: {
        schema: { type: "socket", name: "mask" },
        required: true,
        title: "Mask",
        description: "The mask to show.",
      },
    },
    outputs: {
      image: {
        schema: { type: "socket", name: "image" },
        title: "Image",
        description: "A picture of one grey channel and the mask's size.",
      },
    },
    resource: "cpu",
  },
  "runcomfy/z-image-turbo-inpainting": {
    type: "runcomfy/z-image-turbo-inpainting",
    version: 1,
    title: "Z-Image Turbo Inpainting",
    category: "RunComfy",
    description:
      "Repaints the masked part of a picture from a prompt, through RunComfy's API. Each new job costs money. The service paints the whole picture anew; the result is laid over the source, so that where the mask is 0 no sample changes. The source's size, depth and transparency are kept; the service itself gets 8-bit RGB without transparency or metadata.",
    aliases: ["inpaint", "fill", "replace", "remove", "generate", "repaint", "ai"],
    inputs: {
      image: {
        schema: { type: "socket", name: "image" },
        required: true,
        title: "Image",
        description: "The picture to change, at most 32 megapixels.",
      },
      mask: {
        schema: { type: "socket", name: "mask" },
        required: true,
        title: "Mask",
        description:
          "What to repaint: everything above 0. Its soft edge blends the result in. It should have the picture's size; one of the same shape is scaled.",
      },
      prompt: {
        schema: { type: "string", minLength: 1 },
        required: true,
        title: "Prompt",
        description: "What the masked part should show, in the context of the whole picture.",
        widget: "textarea",
      },
      strength: {
        schema: { type: "number", min: 0, max: 1 },
        required: false,
        default: 1,
        title: "Strength",
        description:
          "How far the new content may depart: about 0.3–0.5 retouches, 0.6–0.7 replaces in style, 0.8–1 replaces.",
        widget: "slider",
        step: 0.01,
      },
      seed: {
        schema: { type: "integer", min: 0, max: 4294967295 },
        required: false,
        default: 1,
        title: "Seed",
        description: "Another seed gives another picture. It is always sent, so that a result can be had again.",
        widget: "seed",
      },
      num_inference_steps: {
        schema: { type: "integer", min: 1, max: 30 },
        required: false,
        default: 20,
        title: "Steps",
        description: "Diffusion steps: more take longer, and cost more.",
        widget: "slider",
      },
      control_scale: {
        schema: { type: "number", min: 0, max: 1 },
        required: false,
        default: 0.75,
        title: "Control Scale",
        description: "How strongly the surroundings steer what is painted.",
        widget: "slider",
        step: 0.01,
      },
      control_start: {
        schema: { type: "number", min: 0, max: 1 },
        required: false,
        default: 0,
        title: "Control Start",
        description: "The part of the steps after which the control begins; below Control End.",
        widget: "slider",
        step: 0.01,
        advanced: true,
      },
      control_end: {
        schema: { type: "number", min: 0, max: 1 },
        required: false,
        default: 0.6,
        title: "Control End",
        description: "The part of the steps after which the control ends.",
        widget: "slider",
        step: 0.01,
        advanced: true,
      },
      image_size: {
        schema: {
          type: "enum",
          values: ["square_hd", "square", "portrait_4_3", "portrait_16_9", "landscape_4_3", "landscape_16_9", "auto"],
        },
        required: false,
        default: "auto",
        title: "Image Size",
        description:
          "The size in which the service paints. `auto` takes the picture's; a preset must have the picture's shape.",
        advanced: true,
      },
      output_format: {
        schema: { type: "enum", values: ["jpeg", "png", "webp"] },
        required: false,
        default: "png",
        title: "Output Format",
        description: "The file format in which the service answers. PNG loses nothing.",
        advanced: true,
      },
      invert_mask: {
        schema: { type: "boolean" },
        required: false,
        default: false,
        title: "Invert Mask",
        description:
          "For masks that are the wrong way round, such as some made from transparency: repaints what the mask does not select.",
        advanced: true,
      },
    },
    outputs: {
      image: {
        schema: { type: "socket", name: "image" },
        title: "Image",
        description: "The source with the masked part repainted.",
      },
      generated: {
        schema: { type: "socket", name: "image" },
        title: "Generated",
        description: "The service's whole picture, scaled to the source's size.",
      },
      mask: {
        schema: { type: "socket", name: "mask" },
        title: "Sent Mask",
        description: "The mask as it was sent: 255 to repaint, 0 to keep.",
      },
      request: {
        schema: { type: "json" },
        title: "Request",
        description:
          "What tells the job: `model`, `request_id`, `seed`, and `cost_usd`, `price_usd` and `price_unit` when the service says them.",
      },
    },
    resource: "remote",
    hasRules: true,
    paid: true,
    service: "runcomfy",
    model: "tongyi-mai/z-image/turbo/inpainting",
  },
  "value/boolean": {
    type: "value/boolean",
    version: 1,
    title: "Boolean",
    category: "Value",
    description: "Yes or no, to be used in several places.",
    aliases: ["bool", "toggle", "flag", "true", "false", "constant", "primitive"],
    inputs: {
      value: {
        schema: { type: "boolean" },
        required: false,
        default: false,
        title: "Value",
        description: "true or false.",
      },
    },
    outputs: { value: { schema: { type: "boolean" }, title: "Value", description: "The value as it is." } },
    resource: "none",
  },
  "value/calculate": {
    type: "value/calculate",
    version: 1,
    title: "Calculate",
    category: "Value",
    description: "Computes one number of two, such as half a picture's width.",
    aliases: ["math", "arithmetic", "add", "subtract", "multiply", "divide", "round", "sum", "expression"],
    inputs: {
      a: {
        schema: { type: "number" },
        required: false,
        default: 0,
        title: "A",
        description: "The first number: any finite one.",
      },
      operation: {
        schema: { type: "enum", values: ["add", "subtract", "multiply", "divide", "remainder", "power", "min", "max"] },
        required: false,
        default: "add",
        title: "Operation",
        description:
          "`add` a + b, `subtract` a − b, `multiply` a × b, `divide` a ÷ b, `remainder` of a ÷ b (with the sign of b), `power` aᵇ, the smaller (`min`) or the larger (`max`).",
      },
      b: {
        schema: { type: "number" },
        required: false,
        default: 0,
        title: "B",
        description: "The second number: any finite one.",
      },
      round: {
        schema: { type: "enum", values: ["none", "nearest", "down", "up"] },
        required: false,
        default: "none",
        title: "Round",
        description:
          "Makes a whole number of the result: the nearest (halves upwards), the next below, or the next above.",
      },
    },
    outputs: {
      value: {
        schema: { type: "union", options: [{ type: "integer" }, { type: "number" }] },
        title: "Value",
        description: "The result.",
      },
    },
    resource: "none",
  },
  "value/choice": {
    type: "value/choice",
    version: 1,
    title: "Choice",
    category: "Value",
    description: "One of several texts, such as a style for a prompt; what is not among them is refused.",
    aliases: ["enum", "select", "option", "dropdown", "combo", "one of", "preset"],
    inputs: {
      choices: {
        schema: { type: "list", items: { type: "string", minLength: 1, maxLength: 1000 }, minItems: 1, maxItems: 1000 },
        required: true,
        title: "Choices",
        description: "What may be chosen, in order.",
      },
      value: {
        schema: { type: "string", minLength: 1, maxLength: 1000 },
        required: false,
        title: "Value",
        description: "The chosen one; without it, the first.",
      },
    },
    outputs: {
      value: { schema: { type: "string" }, title: "Value", description: "The chosen text." },
      index: { schema: { type: "integer" }, title: "Index", description: "Its place among the choices, from 0." },
    },
    resource: "none",
  },
  "value/color": {
    type: "value/color",
    version: 1,
    title: "Colour",
    category: "Value",
    description: "A colour in sRGB, to be used in several places.",
    aliases: ["color", "hex", "rgb", "paint", "constant", "primitive"],
    inputs: {
      value: {
        schema: { type: "string", pattern: "^#([0-9a-fA-F]{6}|[0-9a-fA-F]{8})$" },
        required: false,
        default: "#000000",
        title: "Colour",
        description: "`#rrggbb`, or `#rrggbbaa` with alpha.",
        widget: "color",
      },
    },
    outputs: {
      value: {
        schema: { type: "string", pattern: "^#([0-9a-fA-F]{6}|[0-9a-fA-F]{8})$" },
        title: "Colour",
        description: "The colour in small letters.",
      },
    },
    resource: "none",
  },
  "value/compare": {
    type: "value/compare",
    version: 1,
    title: "Compare Values",
    category: "Value",
    description: "Asks whether one value is equal to, less or greater than another: a condition for a switch.",
    aliases: ["equals", "less", "greater", "condition", "if", "test", "is"],
    inputs: {
      a: {
        schema: {
          type: "union",
          options: [{ type: "number" }, { type: "string", maxLength: 100000 }, { type: "boolean" }],
        },
        required: true,
        title: "A",
        description: "A number, a text, or true or false.",
      },
      operator: {
        schema: {
          type: "enum",
          values: ["equal", "not-equal", "less", "less-or-equal", "greater", "greater-or-equal"],
        },
        required: false,
        default: "equal",
        title: "Operator",
        description:
          "How A stands to B. What is less or greater needs two numbers, or two texts in their Unicode order.",
      },
      b: {
        schema: {
          type: "union",
          options: [{ type: "number" }, { type: "string", maxLength: 100000 }, { type: "boolean" }],
        },
        required: true,
        title: "B",
        description: "What A is compared with. Values of unlike kinds are never equal.",
      },
    },
    outputs: { value: { schema: { type: "boolean" }, title: "Value", description: "Whether it is so." } },
    resource: "none",
  },
  "value/files": {
    type: "value/files",
    version: 1,
    title: "Files of a Folder",
    category: "Value",
    description:
      "Lists a folder's files, to run a workflow for each of them: what is linked to it runs once for each file. The folder is looked at when a run starts. A file counts by its content, so that after adding one photograph only that one is computed.",
    aliases: ["folder", "directory", "batch", "load images", "all images", "glob", "several", "many"],
    inputs: {
      folder: {
        schema: { type: "string", minLength: 1, maxLength: 1000 },
        required: false,
        default: "inputs",
        title: "Folder",
        description: "The folder, relative to the workspace; `.` is the workspace itself. Nothing outside is reached.",
        widget: "folder",
      },
      pattern: {
        schema: { type: "string", minLength: 1, maxLength: 1000 },
        required: false,
        default: "*.{png,jpg,jpeg,webp,avif,tif,tiff,gif}",
        title: "Pattern",
        description:
          "Which names count, large and small letters alike: `*` stands for any letters, `?` for one, `{a,b}` for one of several. A pattern with `/` is compared with the whole path below the folder, where `**` stands for any folders.",
      },
      recursive: {
        schema: { type: "boolean" },
        required: false,
        default: false,
        title: "Folders Inside",
        description: "Also lists what lies in folders inside; hidden ones and the output folder are left out.",
      },
      order: {
        schema: { type: "enum", values: ["ascending", "descending"] },
        required: false,
        default: "ascending",
        title: "Order",
        description: "By path, numbers by their value: `photo 2` before `photo 10`; or the other way round.",
      },
    },
    outputs: {
      files: {
        schema: { type: "list", items: { type: "socket", name: "file" } },
        title: "Files",
        description: "The files in order, at most 10,000; it may be empty.",
      },
      names: {
        schema: { type: "list", items: { type: "string" } },
        title: "Names",
        description: "For each file its path below the folder without the ending, such as `cup` or `2024/cup`.",
      },
      count: { schema: { type: "integer" }, title: "Count", description: "How many files there are." },
    },
    resource: "none",
    hasFingerprint: true,
  },
  "value/integer": {
    type: "value/integer",
    version: 1,
    title: "Integer",
    category: "Value",
    description: "A whole number, to be used in several places, such as a width in pixels.",
    aliases: ["int", "whole", "count", "constant", "primitive"],
    inputs: {
      value: {
        schema: { type: "integer" },
        required: false,
        default: 0,
        title: "Integer",
        description: "A whole number within ±(2⁵³ − 1).",
      },
    },
    outputs: { value: { schema: { type: "integer" }, title: "Integer", description: "The number as it is." } },
    resource: "none",
  },
  "value/join-text": {
    type: "value/join-text",
    version: 1,
    title: "Join Text",
    category: "Value",
    description: "Puts texts, numbers, and true or false one after another into one text.",
    aliases: ["concatenate", "append", "combine", "string", "list to text", "prompt"],
    inputs: {
      texts: {
        schema: {
          type: "list",
          items: {
            type: "union",
            options: [{ type: "string", maxLength: 100000 }, { type: "number" }, { type: "boolean" }],
          },
        },
        required: true,
        title: "Texts",
        description: "What is joined, in order.",
      },
      separator: {
        schema: { type: "string", maxLength: 1000 },
        required: false,
        default: ", ",
        title: "Separator",
        description: "What stands between two of them; it may be empty or a line break.",
      },
      skip_empty: {
        schema: { type: "boolean" },
        required: false,
        default: true,
        title: "Skip Empty",
        description: "Leaves out texts that are empty or only blanks, with their separator.",
      },
    },
    outputs: { value: { schema: { type: "string" }, title: "Text", description: "All of them in one." } },
    resource: "none",
  },
  "value/length": {
    type: "value/length",
    version: 1,
    title: "Length of List",
    category: "Value",
    description: "Counts the items of a list.",
    aliases: ["count", "size", "number of items", "how many", "empty"],
    inputs: {
      list: {
        schema: {
          type: "list",
          items: {
            type: "union",
            options: [
              { type: "socket", name: "image" },
              { type: "socket", name: "mask" },
              { type: "socket", name: "file" },
              { type: "json" },
            ],
          },
        },
        required: true,
        title: "List",
        description: "The list to count.",
      },
    },
    outputs: {
      length: { schema: { type: "integer" }, title: "Length", description: "How many items the list has." },
      is_empty: { schema: { type: "boolean" }, title: "Is Empty", description: "Whether it has none." },
    },
    resource: "none",
  },
  "value/list": {
    type: "value/list",
    version: 1,
    title: "List of Values",
    category: "Value",
    description:
      "Puts values together in a list: literals, files and links in any order. A list that is linked in gives its items, in its place. A node that takes one value runs once for each item of a list.",
    aliases: ["array", "collect", "several", "many", "concatenate", "batch", "gather"],
    inputs: {
      items: {
        schema: {
          type: "list",
          items: {
            type: "union",
            options: [
              { type: "socket", name: "image" },
              { type: "socket", name: "mask" },
              { type: "socket", name: "file" },
              { type: "json" },
            ],
          },
          maxItems: 100000,
        },
        required: false,
        default: [],
        title: "Items",
        description: "The values in their order, at most 100,000; of one kind if one input is to take them.",
      },
    },
    outputs: {
      list: {
        schema: {
          type: "list",
          items: {
            type: "union",
            options: [
              { type: "socket", name: "image" },
              { type: "socket", name: "mask" },
              { type: "socket", name: "file" },
              { type: "json" },
            ],
          },
        },
        title: "List",
        description: "The items in their order.",
      },
    },
    resource: "none",
  },
  "value/logic": {
    type: "value/logic",
    version: 1,
    title: "Logic",
    category: "Value",
    description: "Joins conditions: whether all, any, exactly an odd number or none of them are true.",
    aliases: ["and", "or", "not", "xor", "boolean", "condition", "all", "any", "none"],
    inputs: {
      conditions: {
        schema: { type: "list", items: { type: "boolean" }, maxItems: 1000 },
        required: true,
        title: "Conditions",
        description: "True or false, any number of them; `none` of one condition is its opposite.",
      },
      operation: {
        schema: { type: "enum", values: ["all", "any", "odd", "none"] },
        required: false,
        default: "all",
        title: "Operation",
        description: "`all`: and. `any`: or. `odd`: exclusive or, true for one of two. `none`: not.",
      },
    },
    outputs: { value: { schema: { type: "boolean" }, title: "Value", description: "Whether it is so." } },
    resource: "none",
  },
  "value/number": {
    type: "value/number",
    version: 1,
    title: "Number",
    category: "Value",
    description: "A number, with or without a fraction, to be used in several places.",
    aliases: ["float", "decimal", "constant", "primitive"],
    inputs: {
      value: {
        schema: { type: "number" },
        required: false,
        default: 0,
        title: "Number",
        description: "Any finite number.",
      },
    },
    outputs: { value: { schema: { type: "number" }, title: "Number", description: "The number as it is." } },
    resource: "none",
  },
  "value/pick": {
    type: "value/pick",
    version: 1,
    title: "Pick from List",
    category: "Value",
    description: "Takes one item out of a list by its place, from the front or from the back.",
    aliases: ["index", "first", "last", "item", "nth", "select", "get"],
    inputs: {
      list: {
        schema: {
          type: "list",
          items: {
            type: "union",
            options: [
              { type: "socket", name: "image" },
              { type: "socket", name: "mask" },
              { type: "socket", name: "file" },
              { type: "json" },
            ],
          },
        },
        required: true,
        title: "List",
        description: "The list to pick from.",
      },
      index: {
        schema: { type: "integer", min: -100000, max: 100000 },
        required: false,
        default: 0,
        title: "Index",
        description: "0 is the first item, 1 the second; −1 is the last, −2 the one before it.",
      },
    },
    outputs: {
      value: {
        schema: {
          type: "union",
          options: [
            { type: "socket", name: "image" },
            { type: "socket", name: "mask" },
            { type: "socket", name: "file" },
            { type: "json" },
          ],
        },
        title: "Value",
        description: "The item as it is.",
      },
    },
    resource: "none",
  },
  "value/range": {
    type: "value/range",
    version: 1,
    title: "Range",
    category: "Value",
    description:
      "Makes a list of numbers at equal distances: start, start + step, and so on, as for seeds, sizes or strengths to try. Whole numbers in give whole numbers out.",
    aliases: ["sequence", "series", "numbers", "count", "seeds", "sweep", "linspace", "list"],
    inputs: {
      start: {
        schema: { type: "number", min: -1000000000000, max: 1000000000000 },
        required: false,
        default: 1,
        title: "Start",
        description: "The first number, within ±10¹².",
      },
      count: {
        schema: { type: "integer", min: 0, max: 100000 },
        required: false,
        default: 4,
        title: "Count",
        description: "How many numbers; none gives an empty list, for which nothing runs.",
        unit: "items",
      },
      step: {
        schema: { type: "number", min: -1000000000000, max: 1000000000000 },
        required: false,
        default: 1,
        title: "Step",
        description: "From one number to the next; negative counts down.",
      },
    },
    outputs: {
      list: {
        schema: { type: "list", items: { type: "union", options: [{ type: "integer" }, { type: "number" }] } },
        title: "List",
        description: "The numbers in order.",
      },
    },
    resource: "none",
  },
  "value/replace-text": {
    type: "value/replace-text",
    version: 1,
    title: "Replace Text",
    category: "Value",
    description: "Exchanges every occurrence of a piece of text for another one. The piece is taken literally.",
    aliases: ["substitute", "find", "search", "change", "string"],
    inputs: {
      text: {
        schema: { type: "string", maxLength: 100000 },
        required: true,
        title: "Text",
        description: "The text to change.",
        widget: "textarea",
      },
      find: {
        schema: { type: "string", minLength: 1, maxLength: 1000 },
        required: true,
        title: "Find",
        description: "What is looked for, as it is written.",
      },
      replacement: {
        schema: { type: "string", maxLength: 100000 },
        required: false,
        default: "",
        title: "Replacement",
        description: "What takes its place; empty takes it out.",
      },
      ignore_case: {
        schema: { type: "boolean" },
        required: false,
        default: false,
        title: "Ignore Case",
        description: "Takes capital and small letters for the same.",
      },
    },
    outputs: { value: { schema: { type: "string" }, title: "Text", description: "The changed text." } },
    resource: "none",
  },
  "value/seed": {
    type: "value/seed",
    version: 1,
    title: "Seed",
    category: "Value",
    description:
      "The start of random choices, to be shared by several nodes. The same seed gives the same result again; it may also be drawn anew or counted up with every run.",
    aliases: ["random", "noise", "variation", "dice"],
    inputs: {
      value: {
        schema: { type: "integer", min: 0, max: 4294967295 },
        required: false,
        default: 1,
        title: "Seed",
        description: "An integer of 0 to 2³² − 1.",
        widget: "seed",
      },
    },
    outputs: {
      value: {
        schema: { type: "integer", min: 0, max: 4294967295 },
        title: "Seed",
        description: "The seed of this run.",
      },
    },
    resource: "none",
  },
  "value/slice": {
    type: "value/slice",
    version: 1,
    title: "Part of a List",
    category: "Value",
    description:
      "Takes neighbouring items out of a list, such as the first three to try a workflow before it runs for all. What lies beyond the list's ends is left out.",
    aliases: ["take", "head", "tail", "skip", "limit", "sublist", "first", "last"],
    inputs: {
      list: {
        schema: {
          type: "list",
          items: {
            type: "union",
            options: [
              { type: "socket", name: "image" },
              { type: "socket", name: "mask" },
              { type: "socket", name: "file" },
              { type: "json" },
            ],
          },
        },
        required: true,
        title: "List",
        description: "The list to take from.",
      },
      start: {
        schema: { type: "integer", min: -100000, max: 100000 },
        required: false,
        default: 0,
        title: "Start",
        description:
          "The place of the first item, from 0; a negative one counts from the back: −3 takes the last three.",
      },
      count: {
        schema: { type: "integer", min: 0, max: 100000 },
        required: false,
        title: "Count",
        description: "How many items at most; without it, all to the end.",
        unit: "items",
      },
    },
    outputs: {
      list: {
        schema: {
          type: "list",
          items: {
            type: "union",
            options: [
              { type: "socket", name: "image" },
              { type: "socket", name: "mask" },
              { type: "socket", name: "file" },
              { type: "json" },
            ],
          },
        },
        title: "List",
        description: "The items in their order; it may be empty.",
      },
    },
    resource: "none",
  },
  "value/split-text": {
    type: "value/split-text",
    version: 1,
    title: "Split Text",
    category: "Value",
    description:
      "Cuts a text into a list of texts, such as one prompt a line. Blanks around each are taken off, and empty ones are left out.",
    aliases: ["lines", "list", "prompts", "explode", "separate", "csv"],
    inputs: {
      text: {
        schema: { type: "string", maxLength: 100000 },
        required: true,
        title: "Text",
        description: "The text to cut.",
        widget: "textarea",
      },
      separator: {
        schema: { type: "string", minLength: 1, maxLength: 1000 },
        required: false,
        default: "\n",
        title: "Separator",
        description: "Where it is cut: a line break, a comma, or any text. It does not appear in the list.",
      },
    },
    outputs: {
      list: {
        schema: { type: "list", items: { type: "string" } },
        title: "List",
        description: "The parts in their order.",
      },
    },
    resource: "none",
  },
  "value/switch": {
    type: "value/switch",
    version: 1,
    title: "Switch",
    category: "Value",
    description:
      "Chooses between two values. What leads to the other one does not run: a paid job there is never submitted.",
    aliases: ["if", "else", "condition", "choose", "branch", "lazy"],
    inputs: {
      condition: {
        schema: { type: "boolean" },
        required: true,
        title: "Condition",
        description: "true or false: which of the two is chosen.",
      },
      on_true: {
        schema: {
          type: "union",
          options: [
            { type: "socket", name: "image" },
            { type: "socket", name: "mask" },
            { type: "socket", name: "file" },
            { type: "json" },
          ],
        },
        required: false,
        title: "On true",
        description: "The value when the condition is true: an image, a mask, a file or any JSON value.",
        lazy: true,
      },
      on_false: {
        schema: {
          type: "union",
          options: [
            { type: "socket", name: "image" },
            { type: "socket", name: "mask" },
            { type: "socket", name: "file" },
            { type: "json" },
          ],
        },
        required: false,
        title: "On false",
        description: "The value when the condition is false: an image, a mask, a file or any JSON value.",
        lazy: true,
      },
    },
    outputs: {
      value: {
        schema: {
          type: "union",
          options: [
            { type: "socket", name: "image" },
            { type: "socket", name: "mask" },
            { type: "socket", name: "file" },
            { type: "json" },
          ],
        },
        title: "Value",
        description: "The chosen value as it is.",
      },
    },
    resource: "none",
    isLazy: true,
  },
  "value/text": {
    type: "value/text",
    version: 1,
    title: "Text",
    category: "Value",
    description: "A text, to be used in several places, such as a prompt.",
    aliases: ["string", "prompt", "words", "constant", "primitive"],
    inputs: {
      value: {
        schema: { type: "string", maxLength: 100000 },
        required: false,
        default: "",
        title: "Text",
        description: "The text, at most 100000 characters.",
        widget: "textarea",
      },
    },
    outputs: { value: { schema: { type: "string" }, title: "Text", description: "The text as it is." } },
    resource: "none",
  },
  "value/text-template": {
    type: "value/text-template",
    version: 1,
    title: "Text Template",
    category: "Value",
    description:
      "Puts values into a text: {a}, {b}, {c} and {d} are replaced, all other braces stay. What is filled in is not searched again, so a value may itself hold braces.",
    aliases: ["format", "concatenate", "join", "placeholder", "prompt", "string"],
    inputs: {
      template: {
        schema: { type: "string", maxLength: 100000 },
        required: false,
        default: "{a}",
        title: "Template",
        description: "The text with placeholders, such as `a photo of {a}, {b}`.",
        widget: "textarea",
      },
      a: {
        schema: {
          type: "union",
          options: [{ type: "string", maxLength: 100000 }, { type: "number" }, { type: "boolean" }],
        },
        required: false,
        title: "A",
        description: "What stands for {a}: a text, a number, or true or false. Needed when the template names it.",
      },
      b: {
        schema: {
          type: "union",
          options: [{ type: "string", maxLength: 100000 }, { type: "number" }, { type: "boolean" }],
        },
        required: false,
        title: "B",
        description: "What stands for {b}: a text, a number, or true or false. Needed when the template names it.",
      },
      c: {
        schema: {
          type: "union",
          options: [{ type: "string", maxLength: 100000 }, { type: "number" }, { type: "boolean" }],
        },
        required: false,
        title: "C",
        description: "What stands for {c}: a text, a number, or true or false. Needed when the template names it.",
      },
      d: {
        schema: {
          type: "union",
          options: [{ type: "string", maxLength: 100000 }, { type: "number" }, { type: "boolean" }],
        },
        required: false,
        title: "D",
        description: "What stands for {d}: a text, a number, or true or false. Needed when the template names it.",
      },
    },
    outputs: {
      value: { schema: { type: "string" }, title: "Text", description: "The template with its values filled in." },
    },
    resource: "none",
    hasRules: true,
  },
};
