import { makeGraph, pictures } from "./graph.mjs";

/** Inlay's editor as it is served, driven by mouse and keys alone. */
export function inlayEditor(address, storageState) {
  return {
    storageState,
    /** Drops the workflow as a file on the page; the time is until two frames after its canvas is there. */
    async open(page, count) {
      await page.goto(address);
      await page.locator(".canvas").waitFor();
      return page.evaluate(drop, [JSON.stringify(workflowOf(makeGraph(count))), count]);
    },
    async showMiddle(page) {
      await page.locator(".canvas").focus();
      await page.keyboard.press("Escape");
      await page.keyboard.press(".");
      await page.keyboard.press("Control+0");
      await page.keyboard.press("Alt+-");
      await page.waitForFunction(areCardsThere);
    },
    async showAll(page) {
      await page.locator(".canvas").focus();
      await page.keyboard.press("Escape");
      await page.keyboard.press(".");
    },
    node: (page) => page.evaluate(nodeNearMiddle),
    place: (page, id) => page.evaluate(placeOf, id),
    view: (page) => page.evaluate("document.querySelector('.links').parentElement.style.transform"),
    async selectAll(page) {
      await page.locator(".canvas").focus();
      await page.keyboard.press("Control+a");
    },
    rememberForUndo: () => undefined,
    async undo(page) {
      await page.evaluate(timeNextKey);
      await page.keyboard.press("Control+z");
      return page.evaluate("window.keyTime");
    },
  };
}

/** The file of Inlay's that holds the graph. */
function workflowOf({ nodes, links }) {
  const made = Object.fromEntries(
    nodes.map(({ id, picture, number, choice, text }) => {
      const file = picture === undefined ? {} : { picture: { $file: `picture-${picture % pictures.length}.png` } };
      const type = picture === undefined ? "bench/sampler" : "bench/preview";
      return [id, { type, version: 1, inputs: { number, choice, text, ...file } }];
    }),
  );
  for (const { from, output, to, input } of links) made[to].inputs[input] = { $link: [from, output] };
  const view = { nodes: Object.fromEntries(nodes.map(({ id, x, y }) => [id, { x, y }])) };
  return { inlay: 1, nodes: made, view };
}

// What follows runs in the page.

async function drop([text, count]) {
  const data = new DataTransfer();
  data.items.add(new File([text], "graph.json", { type: "application/json" }));
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const begun = performance.now();
  document.querySelector(".canvas").dispatchEvent(new DragEvent("drop", { bubbles: true, dataTransfer: data }));
  const isThere = () => document.querySelector(`.canvas[aria-label*="${count} nodes"] .overview`) !== null;
  while (!isThere()) await frame();
  await frame();
  await frame();
  return performance.now() - begun;
}

function areCardsThere() {
  return (
    document.querySelectorAll("[data-node]").length > 6 && document.querySelector(".overview").style.display === "none"
  );
}

function nodeNearMiddle() {
  const away = ({ left, right, top }) => Math.hypot((left + right) / 2 - innerWidth / 2, top - innerHeight / 2);
  const cards = [...document.querySelectorAll("[data-node]")].map((card) => [card.getBoundingClientRect(), card]);
  const [[box, card]] = cards.sort(([a], [b]) => away(a) - away(b));
  return { id: card.dataset.node, x: box.left + box.width / 2, y: box.top + 14 };
}

function placeOf(id) {
  const { left, top } = document.querySelector(`[data-node="${id}"]`).getBoundingClientRect();
  return { x: left, y: top };
}

function timeNextKey() {
  window.keyTime = new Promise((resolve) => {
    const listener = (event) => {
      if (event.key !== "z") return;
      removeEventListener("keydown", listener, true);
      const begun = performance.now();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
    };
    addEventListener("keydown", listener, true);
  });
}
