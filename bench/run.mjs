import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { loadavg, cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { notes } from "./notes.mjs";

const help = `node bench/run.mjs [--rows a,b] [--runs 3] [--quick]
  --rows   only these, by the names of their files in bench/rows
  --runs   processes for each row; the median of their medians counts
  --quick  few rounds, and the results stay as they are`;

const { values: options } = parseArgs({
  options: {
    rows: { type: "string" },
    runs: { type: "string", default: "1" },
    quick: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (options.help) {
  console.log(help);
  process.exit();
}

const here = fileURLToPath(new URL(".", import.meta.url));
const aloneTimeoutMs = 30_000;
const rowTimeoutMs = 300_000;

const wanted = options.rows?.split(",");
const names = readdirSync(new URL("rows", import.meta.url))
  .map((file) => file.replace(/\.mjs$/, ""))
  .filter((name) => wanted === undefined || wanted.includes(name));

// Results are kept by row, so that one row can be measured again; they say under which load they were.
const kept = new URL("results.json", import.meta.url);
const results = existsSync(kept) ? JSON.parse(readFileSync(kept, "utf8")) : {};
for (const name of names) {
  const { default: row } = await import(`./rows/${name}.mjs`);
  const result = judge(row, await measureRow(row, `rows/${name}.mjs`));
  console.log(`${result.verdict.padEnd(7)}${name.padEnd(18)}${result.figures}   goal: ${row.goal}`);
  if (options.quick) continue;
  results[name] = result;
  writeFileSync(kept, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(new URL("results.md", import.meta.url), report(results));
}

/** Case → the median of each process; a case that fails has none. */
async function measureRow(row, file) {
  const medians = Object.fromEntries(row.cases.map(({ name }) => [name, []]));
  const together = row.cases.filter(({ alone }) => !alone).map(({ name }) => name);
  const groups = [together, ...row.cases.filter(({ alone }) => alone).map(({ name }) => [name])];
  for (let run = 0; run < Number(options.runs); run++) {
    for (const cases of groups) {
      const isAlone = cases !== together;
      const rounds = options.quick ? 3 : (row.rounds ?? 15);
      const job = isAlone
        ? { cases, warmUp: 1, rounds: 3, budgetMs: 10_000 }
        : { cases, warmUp: options.quick ? 3 : (row.warmUp ?? 10), rounds, budgetMs: 60_000 };
      const measured = await measureInProcess(file, job, isAlone);
      for (const [name, values] of Object.entries(measured)) if (values.length > 0) medians[name].push(median(values));
    }
  }
  return medians;
}

function measureInProcess(file, job, isAlone) {
  return new Promise((resolve) => {
    const args = ["--expose-gc", `${here}measure.mjs`, `./${file}`, JSON.stringify(job)];
    const child = spawn(process.execPath, args, {
      stdio: ["ignore", "pipe", isAlone ? "ignore" : "inherit"],
      timeout: isAlone ? aloneTimeoutMs : rowTimeoutMs,
      killSignal: "SIGKILL",
    });
    let text = "";
    child.stdout.on("data", (chunk) => (text += chunk));
    child.on("close", (code) => resolve(code === 0 ? JSON.parse(text) : {}));
  });
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

function judge(row, medians) {
  const value = (name) => (medians[name].length > 0 ? median(medians[name]) : undefined);
  const all = Object.fromEntries(row.cases.map(({ name }) => [name, value(name)]));
  const figures = row.cases.map(({ name }) => `${name} ${show(all[name], medians[name])}`).join(" · ");
  const isMet = all[row.cases[0].name] !== undefined && row.met(all);
  const { title, goal, order = 99 } = row;
  const load = loadavg()[0].toFixed(1);
  const runs = Number(options.runs);
  return { title, goal, order, figures: `${figures} ${row.unit}`, verdict: isMet ? "met" : "missed", runs, load };
}

function show(value, runs) {
  if (value === undefined) return `fails or takes more than ${aloneTimeoutMs / 1000} s`;
  const range = runs.length > 1 ? ` (${round(Math.min(...runs))}–${round(Math.max(...runs))})` : "";
  return `${round(value)}${range}`;
}

function round(value) {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toPrecision(2);
}

function report(results) {
  const date = new Date().toISOString().slice(0, 10);
  const lines = Object.values(results)
    .sort((a, b) => a.order - b.order)
    .map(({ title, figures, goal, verdict, runs, load }) => {
      const word = verdict === "met" ? "met" : "**missed**";
      return `| ${title} | ${figures} | ${goal} | ${word} | ${runs} | ${load} |`;
    });
  return [
    "# Benchmark results",
    "",
    `${cpus().length} processors, Node ${process.versions.node}, ${date}. Written by \`npm run bench\`; do not edit.`,
    "Medians, cases of a row interleaved in one process; with several processes the median of theirs, and the range.",
    "µs are CPU time. *Load* is the machine's load average while the row was measured.",
    "",
    "| what | figures | goal | | processes | load |",
    "|---|---|---|---|---|---|",
    ...lines,
    "",
    notes(results),
    "",
  ].join("\n");
}
