import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { expectCode } from "../../test/support/expect-code.ts";
import { tempWorkspace } from "../../test/support/temp-workspace.ts";
import { certificate, namesTo, webServer } from "../../test/support/web-server.ts";
import { fileArtifacts } from "../artifacts.ts";
import { workspaceFiles } from "../files.ts";
import { urlFetcher } from "./url-fetcher.ts";
import { urlFiles } from "./url-files.ts";

async function filesOfWeb(answer: () => string) {
  const server = await webServer((_request, response) => response.end(answer()));
  const workspace = await tempWorkspace();
  const artifacts = fileArtifacts(workspace);
  const lookup = namesTo({ "pictures.test": "127.0.0.1" });
  const open = async () => urlFetcher({ isRefused: () => false, lookup, ca: certificate });
  const files = workspaceFiles(workspace, artifacts, urlFiles(artifacts, open));
  onTestFinished(() => files.close());
  return { ...server, workspace, files, url: `https://pictures.test:${server.port}` };
}

test("a URL in a workflow is a file by its content: read from the artifacts, fetched anew in the next run", async () => {
  let content = "first";
  const { files, url, calls } = await filesOfWeb(() => content);
  const first = await files.resolveFile(`${url}/photos/my%20cup.png?width=800`);
  expect(first).toMatchObject({ kind: "file", name: "my cup.png", size: 5 });
  expect(Buffer.from(await files.access.read(first)).toString()).toBe("first");
  expect(calls).toHaveLength(1);
  content = "second";
  const second = await files.resolveFile(`${url}/photos/my%20cup.png?width=800`);
  expect(second.sha256).not.toBe(first.sha256);
});

test("a caller may give a URL in a path's place", async () => {
  const { files, url } = await filesOfWeb(() => "bytes");
  expect(await files.importCallerFile(`${url}/a.png`)).toMatchObject({ name: "a.png", size: 5 });
  await expectCode(files.importCallerFile("http://pictures.test/a.png"), "url.invalid");
});

test.each([
  ["/", "pictures.test"],
  ["/..%2F..%2Fetc", ".._.._etc"],
  ["/%00%zz", "%00%zz"],
])("the name of %s is no path", async (path, name) => {
  const { files, url } = await filesOfWeb(() => "bytes");
  expect((await files.resolveFile(url + path)).name).toBe(name);
});

test("an empty content is refused", async () => {
  const { files, url } = await filesOfWeb(() => "");
  await expectCode(files.resolveFile(`${url}/a.png`), "url.empty");
});

test("the query of a URL, which may hold a signature, is written nowhere", async () => {
  const { files, url, workspace } = await filesOfWeb(() => "bytes");
  const { sha256, ...rest } = await files.resolveFile(`${url}/a.png?signature=secret`);
  expect(JSON.stringify(rest)).not.toContain("secret");
  await files.close();
  const kept = join(workspace.stateDir, "artifacts", sha256.slice(0, 2), sha256);
  expect(await readFile(kept, "utf8")).toBe("bytes");
});
