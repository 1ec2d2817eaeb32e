// Measures cases of one row, interleaved, in a process of its own: `node --expose-gc measure.mjs rows/x.mjs {…}`.
// Prints { case: [value, …] } as JSON.
const [file, given] = process.argv.slice(2);
const { cases: names, warmUp, rounds, budgetMs } = JSON.parse(given);
const { default: row } = await import(new URL(file, import.meta.url));
const cases = row.cases.filter(({ name }) => names.includes(name));
const values = Object.fromEntries(cases.map(({ name }) => [name, []]));

const begun = performance.now();
for (let round = -warmUp; round < rounds; round++) {
  if (round > 0 && performance.now() - begun > budgetMs) break;
  for (const each of cases) {
    const value = await measureOnce(each);
    if (round >= 0) values[each.name].push(value);
  }
}
await row.end?.();
process.stdout.write(JSON.stringify(values));

async function measureOnce({ setup, run }) {
  const state = await setup?.();
  // Only the young generation: a full collection throws shapes and optimised code away, and every contender then
  // measures four times as slow as in a process that lives on.
  globalThis.gc({ type: "minor" });
  const cpuBefore = process.cpuUsage();
  const wallBefore = performance.now();
  const own = await run(state);
  const wall = performance.now() - wallBefore;
  const { user, system } = process.cpuUsage(cpuBefore);
  const ms = row.measure === "own" ? own : row.measure === "cpu" ? (user + system) / 1000 : wall;
  return ms * row.scale;
}
