import { writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { eventsOf, runCli } from "./support/cli.ts";
import { outputsOf, tempFolder } from "./support/workspace.ts";

/** A port of this machine that counts who connects. */
async function watchedPort() {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, connections: () => connections };
}

async function workflowWith(url: string): Promise<string> {
  const cwd = await tempFolder();
  const nodes = {
    load: { type: "image/load", version: 1, inputs: { source: { $file: url } } },
    save: { type: "image/save", version: 1, inputs: { image: { $link: ["load", "image"] } } },
  };
  await writeFile(join(cwd, "workflow.json"), JSON.stringify({ inlay: 1, nodes }));
  return cwd;
}

test.each(["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"])(
  "a URL of this machine is refused when the workflow runs, and nobody is connected to: %s",
  async (host) => {
    const { port, connections } = await watchedPort();
    const cwd = await workflowWith(`https://${host}:${port}/a.png?signature=canary-5b1f`);
    const end = await runCli(["run", "workflow.json", "--json"], { cwd });
    expect(end.code, end.stderr).toBe(2);
    expect(eventsOf(end).at(-1)).toMatchObject({ type: "run.finished", error: { code: "url.private" } });
    expect(end.stdout + end.stderr).not.toContain("canary");
    expect([connections(), await outputsOf(cwd)]).toEqual([0, []]);
  },
);

test("checking and describing a workflow fetches nothing", async () => {
  const { port, connections } = await watchedPort();
  const cwd = await workflowWith(`https://127.0.0.1:${port}/a.png`);
  for (const command of ["validate", "describe"]) {
    const end = await runCli([command, "workflow.json", "--json"], { cwd });
    expect(end.code, end.stderr).toBe(0);
  }
  expect(connections()).toBe(0);
});

test("a caller's URL of this machine is refused too", async () => {
  const { port, connections } = await watchedPort();
  const cwd = await tempFolder();
  const nodes = {
    load: { type: "image/load", version: 1, inputs: { source: { $input: "photo" } } },
    save: { type: "image/save", version: 1, inputs: { image: { $link: ["load", "image"] } } },
  };
  await writeFile(
    join(cwd, "workflow.json"),
    JSON.stringify({ inlay: 1, inputs: { photo: { type: "image" } }, nodes }),
  );
  const end = await runCli(["run", "workflow.json", "--input", `photo=https://127.0.0.1:${port}/a.png`], { cwd });
  expect([end.code, connections()], end.stderr).toEqual([2, 0]);
  expect(end.stderr).toContain("url.private");
});
