import { countInPage, forcedLayouts, openMeter } from "./gestures.mjs";

const size = { width: 1600, height: 900 };
const steps = 40;
const limitMs = 120_000;

/** Measures one editor with one number of nodes, in a page of its own. */
export async function measureEditor(browser, editor, count) {
  const context = await browser.newContext({ viewport: size, storageState: editor.storageState });
  const page = await context.newPage();
  page.setDefaultTimeout(limitMs);
  await page.addInitScript(countInPage);
  try {
    return await within(limitMs, measure(browser, page, editor, count));
  } finally {
    await context.close();
  }
}

async function measure(browser, page, editor, count) {
  const meter = await openMeter(page);
  const load = await editor.open(page, count);
  await page.waitForTimeout(1500);
  const idle = await idleFrames(page);
  await editor.showMiddle(page, count, size);
  await page.waitForTimeout(500);
  await meter.collectGarbage();
  const { JSHeapUsedSize, Nodes, JSEventListeners } = await meter.metrics();
  const counters = { heap: JSHeapUsedSize / 1e6, nodes: Nodes, listeners: JSEventListeners, idle };
  const pan = await panning(page, editor, meter);
  const zoom = await zooming(page, editor, meter);
  await editor.showMiddle(page, count, size);
  const dragging = await draggingOne(browser, page, editor, meter, count);
  await editor.showAll(page, count, size);
  await page.waitForTimeout(300);
  const panAll = await panning(page, editor, meter);
  const dragMany = count === 100 ? { dragMany: await draggingMany(page, editor, meter, count) } : {};
  return { load, ...counters, pan, zoom, ...dragging, panAll, ...dragMany };
}

async function idleFrames(page) {
  const before = await page.evaluate("window.counts.frames");
  await page.waitForTimeout(2000);
  return (await page.evaluate("window.counts.frames")) - before;
}

async function panning(page, editor, meter) {
  const before = await editor.view(page);
  await page.mouse.move(800, 450);
  await page.mouse.down({ button: "middle" });
  const figures = await meter.during(steps, async () => {
    for (let i = 1; i <= steps; i++) await page.mouse.move(800 - i * 8, 450 - i * 3);
  });
  await page.mouse.up({ button: "middle" });
  if ((await editor.view(page)) === before) throw new Error("Panning has moved nothing.");
  return figures;
}

async function zooming(page, editor, meter) {
  const before = await editor.view(page);
  const figures = await meter.during(steps, async () => {
    for (let i = 0; i < steps; i++) {
      await page.mouse.move(800, 450 + (i % 2));
      await page.mouse.wheel(0, i < steps / 2 ? 60 : -60);
      await page.evaluate("new Promise((resolve) => ownFrame(resolve))");
      if (i === steps / 2 && (await editor.view(page)) === before) throw new Error("The wheel has zoomed nothing.");
    }
  });
  return figures;
}

async function draggingOne(browser, page, editor, meter, count) {
  await page.waitForTimeout(300);
  await editor.rememberForUndo(page);
  const { id, x, y } = await editor.node(page, count);
  const before = await editor.place(page, id);
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 1; i <= 6; i++) await page.mouse.move(x + i * 2, y + i);
  await page.waitForTimeout(200);
  const drag = await meter.during(steps, async () => {
    for (let i = 1; i <= steps; i++) await page.mouse.move(x + 12 + i * 2, y + 6 + i);
  });
  const forced = await forcedLayouts(browser, page, async () => {
    for (let i = 1; i <= 10; i++) await page.mouse.move(x + 92 - i * 2, y + 46 - i);
  });
  await page.mouse.up();
  if ((await editor.place(page, id)).x - before.x < 30) throw new Error("Dragging has moved nothing.");
  await page.waitForTimeout(500);
  const undo = await editor.undo(page);
  await page.waitForTimeout(300);
  if (Math.abs((await editor.place(page, id)).x - before.x) > 1) throw new Error("Undo has moved nothing back.");
  return { drag: { ...drag, forced }, undo };
}

async function draggingMany(page, editor, meter, count) {
  await editor.showMiddle(page, count, size);
  await page.waitForTimeout(300);
  await editor.selectAll(page);
  const { x, y } = await editor.node(page, count);
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 1; i <= 6; i++) await page.mouse.move(x + i * 2, y + i);
  await page.waitForTimeout(200);
  const figures = await meter.during(steps, async () => {
    for (let i = 1; i <= steps; i++) await page.mouse.move(x + 12 + i * 2, y + 6 + i);
  });
  await page.mouse.up();
  return figures;
}

async function within(ms, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took more than ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
