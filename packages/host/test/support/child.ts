import { once } from "node:events";
import { randomInt } from "node:crypto";
import { fileArtifacts } from "../../src/artifacts.ts";
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
  /** Writes, reads and evicts results and artifacts in a store that is much too small, and counts what came back wrong. */
  async churn(dir) {
    const workspace = await openWorkspace({ dir });
    const cache = await diskResultCache({ workspace, maxBytes: 60_000 });
    const artifacts = fileArtifacts(workspace, cache.stored);
    const found = { wrong: 0, hits: 0, misses: 0 };
    const note = (bytes: Uint8Array | undefined, content: number): void => {
      if (bytes === undefined) found.misses++;
      else if (Buffer.alloc(5_000, content).equals(bytes)) found.hits++;
      else found.wrong++;
    };
    for (let round = 0; round < 120; round++) {
      const [written, read, own] = [randomInt(24), randomInt(24), randomInt(8)];
      const data = new Uint8Array(5_000).fill(written);
      await cache.set(churnKey(written), { data }, { ms: 1000, paid: written % 8 === 0 });
      note((await cache.get(churnKey(read)))?.outputs["data"] as Uint8Array | undefined, read);
      const { sha256 } = await artifacts.put(new Uint8Array(5_000).fill(100 + own), { mime: "text/plain" });
      note(await artifacts.get(sha256), 100 + own);
    }
    await cache.idle();
    await artifacts.close();
    return found;
  },
};

function churnKey(content: number): string {
  return content.toString(16).padStart(2, "0").repeat(32);
}

const [task = "", target = ""] = process.argv.slice(2);
process.stdout.write("ready\n");
await once(process.stdin, "data");
process.stdout.write(`${JSON.stringify(await tasks[task]?.(target))}\n`);
if (task !== "claim") process.exit(0);
