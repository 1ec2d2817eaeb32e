import { mkdir, readFile, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { RemoteJobRequest, RemoteState } from "@inlay/engine";
import { describe, expect, onTestFinished, test } from "vitest";
import { openHost } from "./open-host.ts";
import type { Host, HostOptions } from "./open-host.ts";
import { expectCode } from "../test/support/expect-code.ts";
import { fakeService } from "../test/support/fake-service.ts";
import { tempFolder } from "../test/support/temp-workspace.ts";

const token = "canary-token-4711";
const prompt = "canary prompt: a purple walrus";

async function open(options: HostOptions): Promise<Host> {
  const host = await openHost(options);
  onTestFinished(() => host.close());
  return host;
}

function job(report: (state: RemoteState) => void = () => undefined): RemoteJobRequest {
  return {
    model: "owner/model",
    identity: { prompt, seed: 7 },
    body: () => ({ prompt, seed: 7 }),
    signal: new AbortController().signal,
    report,
  };
}

async function filesBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const paths = names.map((name) => join(folder, name));
  const kinds = await Promise.all(paths.map((path) => stat(path)));
  return paths.filter((_, i) => kinds[i]?.isFile());
}

test("opening and closing a host writes nothing", async () => {
  const workspace = await tempFolder();
  const host = await openHost({ workspace, env: {} });
  expect(await host.hasJournal()).toBe(false);
  expect(host.cache?.get("a".repeat(64))).toBeUndefined();
  await host.close();
  expect(await readdir(workspace)).toEqual([]);
});

test("a cache of no bytes is no cache", async () => {
  const { cache } = await open({ workspace: await tempFolder(), cacheBytes: 0 });
  expect(cache).toBeUndefined();
});

test("secrets come from the given variables only, and an empty one is none", async () => {
  const { services } = await open({ workspace: await tempFolder(), env: { A: "1", B: "" } });
  expect([services.secret("A"), services.secret("B"), services.secret("PATH")]).toEqual(["1", undefined, undefined]);
});

describe("the service runcomfy", () => {
  test("without a token fails by the variable's name and writes nothing", async () => {
    const workspace = await tempFolder();
    const { services } = await open({ workspace, env: { RUNCOMFY_API_TOKEN: " " } });
    const { message, suggestion } = await expectCode(Promise.resolve(services.remote("runcomfy")), "secret.missing");
    expect(message).toContain("RUNCOMFY_API_TOKEN");
    expect(suggestion).toContain("--sandbox");
    expect(await readdir(workspace)).toEqual([]);
  });

  test("is the only one", async () => {
    const { services } = await open({ workspace: await tempFolder(), env: {} });
    await expectCode(Promise.resolve(services.remote("other")), "remote.service");
  });

  test("refuses a base URL that is none, without repeating the token", async () => {
    const env = { RUNCOMFY_API_TOKEN: token, RUNCOMFY_BASE_URL: "not a url" };
    const { services } = await open({ workspace: await tempFolder(), env });
    const error = await expectCode(Promise.resolve(services.remote("runcomfy")), "remote.config");
    expect(JSON.stringify(error)).not.toContain(token);
  });

  test("has a scope of origin and account that does not reveal the token", async () => {
    const workspace = await tempFolder();
    const scope = async (env: Record<string, string>): Promise<string> =>
      (await (await open({ workspace, env })).services.remote("runcomfy")).scope;
    const first = await scope({ RUNCOMFY_API_TOKEN: token });
    expect(first).toMatch(/^runcomfy:https:\/\/model-api\.runcomfy\.net:[0-9a-f]{16,}$/);
    expect(await scope({ RUNCOMFY_TOKEN: token })).toBe(first);
    expect(await scope({ RUNCOMFY_API_TOKEN: token, RUNCOMFY_TOKEN: "other" })).toBe(first);
    expect(await scope({ RUNCOMFY_API_TOKEN: "other" })).not.toBe(first);
    expect(await scope({ RUNCOMFY_API_TOKEN: token, RUNCOMFY_BASE_URL: "https://a.test" })).toContain("https://a.test");
  });

  test("of a sandbox has a scope that outlives its token and ignores a real one", async () => {
    const workspace = await tempFolder();
    const scope = async (id: string, sandboxToken: string): Promise<string> => {
      const sandbox = async () => ({ url: "http://127.0.0.1:1", token: sandboxToken, id });
      const { services } = await open({ workspace, env: { RUNCOMFY_API_TOKEN: token }, sandbox });
      return (await services.remote("runcomfy")).scope;
    };
    const first = await scope("one", "t1");
    expect(first).toMatch(/^sandbox:[0-9a-f]{32}:[0-9a-f]{16,}$/);
    expect(await scope("one", "t2")).toBe(first);
    expect(await scope("two", "t1")).not.toBe(first);
  });
});

describe("a paid job", () => {
  test("is submitted once; another host collects it", async () => {
    const service = await fakeService();
    const workspace = await tempFolder();
    const env = { RUNCOMFY_API_TOKEN: token, RUNCOMFY_BASE_URL: service.url };
    const states: string[] = [];
    const first = await open({ workspace, env });
    const result = await (await first.services.remote("runcomfy")).run(job(({ state }) => states.push(state)));
    expect(result).toMatchObject({ requestId: "r1", attached: false, files: [{ mime: "image/png" }] });
    expect(states).toContain("submitting");
    expect(service.submits).toEqual([{ authorization: `Bearer ${token}`, body: expect.stringContaining(prompt) }]);

    const second = await open({ workspace, env });
    const again = await (await second.services.remote("runcomfy")).run(job());
    expect(again).toMatchObject({ requestId: "r1", attached: true });
    await again.settled?.();
    expect(await (await first.journal()).list()).toMatchObject([{ state: "succeeded", requestId: "r1" }]);
    expect(await second.hasJournal()).toBe(true);
    expect(service.submits).toHaveLength(1);
  });

  test("leaves neither token nor prompt in any file, nor a file that others may read", async () => {
    const service = await fakeService();
    const workspace = await tempFolder();
    const { services } = await open({ workspace, env: { RUNCOMFY_API_TOKEN: token, RUNCOMFY_BASE_URL: service.url } });
    await (await services.remote("runcomfy")).run(job());
    const paths = await filesBelow(workspace);
    expect(paths.some((path) => path.endsWith("journal.sqlite-wal"))).toBe(true);
    for (const path of paths) {
      const text = await readFile(path, "latin1");
      expect([path, text.includes(token), text.includes("walrus")]).toEqual([path, false, false]);
      if (!path.endsWith(".gitignore")) expect([path, (await stat(path)).mode & 0o077]).toEqual([path, 0]);
    }
  });

  test("is not submitted without a journal, and is once there is one", async () => {
    const service = await fakeService();
    const workspace = await tempFolder();
    const { services } = await open({ workspace, env: { RUNCOMFY_API_TOKEN: token, RUNCOMFY_BASE_URL: service.url } });
    const remote = await services.remote("runcomfy");
    const journal = join(workspace, ".inlay", "journal.sqlite");
    await mkdir(journal);
    await expectCode(remote.run(job()), "journal.unwritable");
    expect(service.submits).toHaveLength(0);
    await rm(journal, { recursive: true });
    expect(await remote.run(job())).toMatchObject({ attached: false });
  });

  test("in two workspaces at once is two jobs", async () => {
    const service = await fakeService();
    const env = { RUNCOMFY_API_TOKEN: token, RUNCOMFY_BASE_URL: service.url };
    const hosts = [
      await open({ workspace: await tempFolder(), env }),
      await open({ workspace: await tempFolder(), env }),
    ];
    const runs = hosts.map(async ({ services }) => (await services.remote("runcomfy")).run(job()));
    expect((await Promise.all(runs)).map(({ attached }) => attached)).toEqual([false, false]);
    expect(service.submits).toHaveLength(2);
  });
});
