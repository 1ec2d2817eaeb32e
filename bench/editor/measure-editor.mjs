import { countInPage, forcedLayouts, openMeter } from "./gestures.mjs";
import { openPointer } from "./pointer.mjs";

const size = { width: 1600, height: 900 };

/**
 * Measures one editor with one number of nodes, in a page of its own: `{ figures }`. When it takes longer than the limit or
 * does not do what a gesture asks, `{ figures, failure }` with what was measured until then.
 */
export async function measureEditor(browser, editor, count, { steps, limitMs }) {
  const context = await browser.newContext({ viewport: size, storageState: editor.storageState });
  const page = await context.newPage();
  page.setDefaultTimeout(limitMs);
  await page.addInitScript(countInPage);
  const figures = {};
  const work = openRun(browser, page, editor, count, steps).then((run) => measure(run, figures));
  try {
    await within(limitMs, work);
    return { figures };
  } catch (error) {
    return { figures: { ...figures }, failure: error.message.split("\n")[0] };
  } finally {
    // A page that is busy for minutes would not close before that.
    await Promise.race([context.close(), new Promise((resolve) => setTimeout(resolve, 10_000))]);
  }
}

async function openRun(browser, page, editor, count, steps) {
  const [meter, pointer] = await Promise.all([openMeter(page), openPointer(page)]);
  return { browser, page, editor, count, steps, meter, pointer };
}

async function measure(run, figures) {
  const { page, editor, count, meter } = run;
  figures.load = await editor.open(page, count);
  await page.waitForTimeout(1500);
  figures.idle = await idleFrames(page);
  await editor.showMiddle(page, count, size);
  await page.waitForTimeout(500);
  await meter.collectGarbage();
  const { JSHeapUsedSize, Nodes, JSEventListeners } = await meter.metrics();
  Object.assign(figures, { heap: JSHeapUsedSize / 1e6, nodes: Nodes, listeners: JSEventListeners });
  figures.pan = await panning(run);
  figures.zoom = await zooming(run);
  await editor.showMiddle(page, count, size);
  Object.assign(figures, await draggingOne(run));
  await editor.showAll(page, count, size);
  await page.waitForTimeout(300);
  figures.panAll = await panning(run);
  if (count === 100) figures.dragMany = await draggingMany(run);
}

async function idleFrames(page) {
  const before = await page.evaluate("window.counts.frames");
  await page.waitForTimeout(2000);
  return (await page.evaluate("window.counts.frames")) - before;
}

async function panning({ page, editor, steps, meter, pointer }) {
  const before = await editor.view(page);
  await pointer.move(800, 450);
  await pointer.down("middle");
  const figures = await meter.during(steps, async () => {
    for (let i = 1; i <= steps; i++) await pointer.move(800 - i * 8, 450 - i * 3);
  });
  await pointer.up();
  if ((await editor.view(page)) === before) throw new Error("panning has moved nothing");
  return figures;
}

async function zooming({ page, editor, steps, meter, pointer }) {
  const before = await editor.view(page);
  return meter.during(steps, async () => {
    for (let i = 0; i < steps; i++) {
      await pointer.move(800, 450 + (i % 2));
      await pointer.wheel(i < steps / 2 ? 60 : -60);
      await page.evaluate("new Promise((resolve) => ownFrame(resolve))");
      if (i === steps / 2 && (await editor.view(page)) === before) throw new Error("the wheel has zoomed nothing");
    }
  });
}

/** Presses a node and drags it far enough for the drag to have begun. */
async function take({ page, editor, count, pointer }) {
  const { id, x, y } = await editor.node(page, count);
  await pointer.move(x, y);
  await pointer.down();
  for (let i = 1; i <= 6; i++) await pointer.move(x + i * 2, y + i);
  await page.waitForTimeout(200);
  return { id, x: x + 12, y: y + 6 };
}

async function draggingOne(run) {
  const { browser, page, editor, steps, meter, pointer, count } = run;
  await page.waitForTimeout(300);
  await editor.rememberForUndo(page);
  const before = await editor.place(page, (await editor.node(page, count)).id);
  const { id, x, y } = await take(run);
  const drag = await meter.during(steps, async () => {
    for (let i = 1; i <= steps; i++) await pointer.move(x + i * 2, y + i);
  });
  const forced = await forcedLayouts(browser, page, async () => {
    for (let i = 1; i <= 10; i++) await pointer.move(x + (steps - i) * 2, y + steps - i);
  });
  await pointer.move(x + 40, y + 20);
  await pointer.up();
  if ((await editor.place(page, id)).x - before.x < 30) throw new Error("dragging has moved nothing");
  await page.waitForTimeout(500);
  const undo = await editor.undo(page);
  await page.waitForTimeout(300);
  if (Math.abs((await editor.place(page, id)).x - before.x) > 1) throw new Error("undo has moved nothing back");
  return { drag: { ...drag, forced }, undo };
}

async function draggingMany(run) {
  const { page, editor, count, steps, meter, pointer } = run;
  await editor.showMiddle(page, count, size);
  await page.waitForTimeout(300);
  await editor.selectAll(page);
  const { x, y } = await take(run);
  const figures = await meter.during(steps, async () => {
    for (let i = 1; i <= steps; i++) await pointer.move(x + i * 2, y + i);
  });
  await pointer.up();
  return figures;
}

async function within(ms, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`failed after ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
