import { cell, columnsOf, makeGraph } from "./graph.mjs";

/** An editor of the comparison on the page of `peers/`, driven by mouse; where it is seen from is set by its own API. */
export function peerEditor(address, query) {
  return {
    async open(page, count) {
      await page.goto(`${address}/?${query}`);
      await page.waitForFunction("window.begin !== undefined");
      return page.evaluate((json) => window.begin(json), JSON.stringify(makeGraph(count)));
    },
    showMiddle: (page, count, { width, height }) => show(page, { width, height }, middleOf(count), 0.83),
    async showAll(page, count, { width, height }) {
      const columns = columnsOf(count);
      const size = { w: columns * cell.w, h: Math.ceil(count / columns) * cell.h };
      await show(
        page,
        { width, height },
        { x: size.w / 2, y: size.h / 2 },
        Math.min((width - 80) / size.w, (height - 80) / size.h),
      );
    },
    /** A node near the middle with two links in and two out, and where on the screen its header is. */
    async node(page, count) {
      const id = middleNode(count);
      const [{ x, y, k }, place] = await page.evaluate((of) => [window.editor.camera(), window.editor.place(of)], id);
      return { id, x: x + (place.x + 120) * k, y: y + (place.y + 14) * k };
    },
    place: (page, id) => page.evaluate((of) => window.editor.place(of), id),
    view: (page) => page.evaluate("JSON.stringify(window.editor.camera())"),
    selectAll: (page) => page.evaluate("window.editor.selectAll()"),
    rememberForUndo: (page) => page.evaluate("void window.editor.remember()"),
    /** Time from the call to the end of the frame that shows it. */
    undo: (page) =>
      page.evaluate(async () => {
        const begun = performance.now();
        window.editor.undo();
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        return performance.now() - begun;
      }),
  };
}

function middleNode(count) {
  const columns = columnsOf(count);
  return `n${(Math.ceil(count / columns) >> 1) * columns + (columns >> 1)}`;
}

function middleOf(count) {
  const columns = columnsOf(count);
  return { x: (columns >> 1) * cell.w + 120, y: (Math.ceil(count / columns) >> 1) * cell.h + 150 };
}

async function show(page, { width, height }, { x, y }, k) {
  await page.evaluate((camera) => window.editor.show(camera), { x: width / 2 - x * k, y: height / 2 - y * k, k });
}
