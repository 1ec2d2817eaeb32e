import { decodePoints, type MaskEdit } from "@inlay/raster";
import { expect, test } from "vitest";
import { randomEdits } from "../../test/support/random-edits.ts";
import { MaskModel } from "./mask-model.ts";

// Two tiles each way.
const size = { width: 290, height: 270 };

function isSame({ canvas }: MaskModel, samples: Uint8Array): boolean {
  return Buffer.compare(canvas.data, samples) === 0;
}

/** Does an edit as the editor does: strokes point by point, everything else at once. */
async function draw(model: MaskModel, edit: MaskEdit): Promise<void> {
  if (edit.tool !== "brush" && edit.tool !== "eraser") return void (await model.apply(edit));
  const { points, pressure, ...brush } = edit;
  const stroke = model.startStroke(brush)!;
  for (const [index, [x, y]] of decodePoints(points).entries()) stroke.extend([{ x, y, pressure: pressure?.[index] }]);
  stroke.end();
}

test("undo and redo show what the edits give, in the session that drew them and in one that opened them", async () => {
  for (const edits of randomEdits(4)) {
    const model = new MaskModel(size);
    const states = [model.canvas.data.slice()];
    for (const edit of edits) {
      await draw(model, edit);
      states.push(model.canvas.data.slice());
    }
    const reopened = new MaskModel(size);
    await reopened.load(model.edits);
    expect(isSame(reopened, states.at(-1)!)).toBe(true);
    for (const state of states.slice(0, -1).toReversed()) {
      await model.undo();
      await reopened.undo();
      expect([isSame(model, state), isSame(reopened, state)]).toEqual([true, true]);
    }
    for (const state of states.slice(1)) {
      await model.redo();
      await reopened.redo();
      expect([isSame(model, state), isSame(reopened, state)]).toEqual([true, true]);
    }
    expect(model.canRedo).toBe(false);
  }
});

test("a preview is shown and taken away, kept, or gives way to the next", async () => {
  const model = new MaskModel(size);
  await model.apply({
    tool: "rectangle",
    mode: "add",
    points: [
      [400, 400],
      [800, 800],
    ],
  });
  const before = model.canvas.data.slice();
  const grown: MaskEdit = { tool: "grow", radius: 9 };
  await model.preview({ tool: "shrink", radius: 3 });
  await model.preview(grown);
  const shown = model.canvas.data.slice();
  model.endPreview();
  expect(model.canvas.data).toEqual(before);
  await model.preview(grown);
  await model.keepPreview(grown);
  expect(model.canvas.data).toEqual(shown);
  expect(model.edits.at(-1)).toEqual(grown);
  await model.undo();
  expect(model.canvas.data).toEqual(before);
});

test("a stroke that is given up, and an edit of a shape that reaches out of the mask, leave what they should", async () => {
  const model = new MaskModel(size);
  const stroke = model.startStroke({ tool: "brush", size: 30, hardness: 1, opacity: 1 })!;
  stroke.extend([{ x: 80, y: 80 }]);
  stroke.cancel();
  expect(model.canUndo).toBe(false);
  expect(Math.max(...model.canvas.data)).toBe(0);
  await model.apply({
    tool: "ellipse",
    mode: "add",
    points: [
      [-800, -800],
      [1600, 1600],
    ],
  });
  await model.apply({
    tool: "rectangle",
    mode: "add",
    points: [
      [9000, 9000],
      [80, 80],
    ],
  });
  await model.undo();
  await model.undo();
  expect(Math.max(...model.canvas.data)).toBe(0);
});
