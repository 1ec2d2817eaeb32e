import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { findChrome } from "../../scripts/find-chrome.mjs";
import { firstPaints } from "./first-paint.mjs";
import { inlayEditor } from "./inlay-editor.mjs";
import { measureEditor } from "./measure-editor.mjs";
import { peerEditor } from "./peer-editor.mjs";
import { report } from "./report.mjs";
import { serveInlay, servePeers } from "./servers.mjs";

const help = `node bench/editor/run.mjs [--counts 100,500,1000,5000] [--editors inlay,litegraph] [--rounds 3] [--minutes 16] [--quick]
  --counts   how many nodes
  --editors  only these: inlay, litegraph, xyflow, xyflow-visible
  --rounds   pages of each editor, taken in turns; medians count. React Flow has one from 1,000 nodes on
  --minutes  when so many are over, no further round begins
  --quick    the results stay as they are`;

const { values: options } = parseArgs({
  options: {
    counts: { type: "string", default: "100,500,1000,5000" },
    editors: { type: "string" },
    rounds: { type: "string", default: "3" },
    minutes: { type: "string", default: "16" },
    quick: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (options.help) {
  console.log(help);
  process.exit();
}

const [inlay, peers] = await Promise.all([serveInlay(), servePeers()]);
const browser = await chromium.launch({
  executablePath: findChrome(),
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--enable-precise-memory-info"],
});
const hasInlay = options.editors?.split(",").includes("inlay") ?? true;
// Before the others, while the machine has nothing else to do.
const sample = hasInlay ? await firstPaints(browser, Number(options.rounds)) : undefined;
const editors = {
  inlay: inlayEditor(new URL("/", inlay.address).href, await signIn(inlay.address)),
  litegraph: peerEditor(peers.address, "editor=litegraph"),
  xyflow: peerEditor(peers.address, "editor=xyflow"),
  "xyflow-visible": peerEditor(peers.address, "editor=xyflow&visible=1"),
};
const names = options.editors?.split(",") ?? Object.keys(editors);
const counts = options.counts.split(",").map(Number);
const results = counts.flatMap((count) => names.map((editor) => ({ editor, count, rounds: [], load: [] })));
for (let round = 0; round < Number(options.rounds); round++) {
  if (performance.now() > Number(options.minutes) * 60_000) break;
  for (const row of results) if (round === 0 || !isSlow(row)) await measureRow(row);
}
await browser.close();
await Promise.all([inlay.stop(), peers.stop()]);
if (!options.quick) {
  const file = new URL("../editor-results.json", import.meta.url);
  // What was not measured now keeps what was measured before; compare what was measured together.
  const before = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { results: [] };
  const kept = before.results.filter(
    (row) => !results.some(({ editor, count }) => editor === row.editor && count === row.count),
  );
  const order = Object.keys(editors);
  const all = [...kept, ...results].sort(
    (a, b) => a.count - b.count || order.indexOf(a.editor) - order.indexOf(b.editor),
  );
  const where = { processors: cpus().length, node: process.versions.node, date: new Date().toISOString().slice(0, 10) };
  const made = {
    ...where,
    browser: "Chromium, headless, software rendering",
    sample: sample ?? before.sample,
    results: all,
  };
  writeFileSync(file, `${JSON.stringify(made, null, 1)}\n`);
  writeFileSync(new URL("../editor-results.md", import.meta.url), report(made));
}

/** The printed address works once: its cookie lets all pages in. */
async function signIn(address) {
  const context = await browser.newContext();
  await (await context.newPage()).goto(address);
  const state = await context.storageState();
  await context.close();
  return state;
}

/** React Flow takes minutes with many nodes. */
function isSlow({ editor, count }) {
  return editor.startsWith("xyflow") && count >= 1000;
}

/** An editor that has failed with a number of nodes is not tried again with that number. */
async function measureRow(row) {
  if (row.failure !== undefined) return;
  row.load.push(Number(loadavg()[0].toFixed(1)));
  const isHuge = row.editor === "xyflow" && row.count >= 5000;
  const pace = isHuge ? { steps: 10, limitMs: 300_000 } : { steps: 40, limitMs: 120_000 };
  const { figures, failure } = await measureEditor(browser, editors[row.editor], row.count, pace);
  row.rounds.push(figures);
  if (failure !== undefined) row.failure = failure;
  const round = (_, value) => (typeof value === "number" ? Number(value.toFixed(1)) : value);
  console.log(row.editor, row.count, JSON.stringify(figures, round), failure ?? "");
}
