import { once } from "node:events";
import { diskResultCache } from "../../src/result-cache/disk-result-cache.ts";
import { sqliteJournal } from "../../src/journal/sqlite-journal.ts";
import { outputWriter } from "../../src/output-folder.ts";
import { openWorkspace, workspaceId, workspaceSalt } from "../../src/workspace.ts";

/** What a second process does in the tests: waits for a line on stdin, does its task, and says the result. */
const tasks: Readonly<Record<string, (target: string) => Promise<unknown>>> = {
  async identity(dir) {
    const workspace = await openWorkspace({ dir });
    return [await workspaceId(workspace), Buffer.from(await workspaceSalt(workspace)).toString("hex")];
  },
  async claim(file) {
    const journal = await sqliteJournal({ file });
    const { claimed } = await journal.claim({ key: "k", provider: "p", account: "a", model: "m" });
    return claimed;
  },
  async saveForEver(outDir) {
    const write = outputWriter(outDir);
    for (let round = 0; ; round++) {
      const bytes = new Uint8Array(2 ** 20).fill(round % 256);
      await write({ path: "result.bin", bytes, mime: "application/octet-stream", onExists: "overwrite" });
      if (round === 0) process.stdout.write("busy\n");
    }
  },
  async cacheForEver(dir) {
    const cache = await diskResultCache({ workspace: await openWorkspace({ dir }) });
    for (let round = 0; ; round++) {
      const data = new Uint8Array(2 ** 19).fill(round % 256);
      await cache.set((round % 8).toString(16).padStart(64, "0"), { round, data }, { ms: 1000, paid: true });
      if (round === 0) process.stdout.write("busy\n");
    }
  },
};

const [task = "", target = ""] = process.argv.slice(2);
process.stdout.write("ready\n");
await once(process.stdin, "data");
process.stdout.write(`${JSON.stringify(await tasks[task]?.(target))}\n`);
if (task !== "claim") process.exit(0);
