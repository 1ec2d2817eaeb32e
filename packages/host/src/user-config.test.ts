import { mkdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expectCode } from "../test/support/expect-code.ts";
import { tempFolder } from "../test/support/temp-workspace.ts";
import { cacheBytesOf, configFolder, readUserConfig } from "./user-config.ts";

async function configured(text: string): Promise<{ readonly INLAY_CONFIG_DIR: string }> {
  const INLAY_CONFIG_DIR = await tempFolder();
  await writeFile(join(INLAY_CONFIG_DIR, "config.json"), text);
  return { INLAY_CONFIG_DIR };
}

describe("the folder of the configuration", () => {
  test.each([
    [{ INLAY_CONFIG_DIR: "/a/b", XDG_CONFIG_HOME: "/x" }, "/a/b"],
    [{ XDG_CONFIG_HOME: "/x" }, "/x/inlay"],
    [{ XDG_CONFIG_HOME: "x" }, join(homedir(), ".config/inlay")],
    [{ INLAY_CONFIG_DIR: "" }, join(homedir(), ".config/inlay")],
  ])("for %j is %s", (env, folder) => {
    expect(configFolder(env)).toBe(folder);
  });

  test("is never relative to the current folder, which may be anybody's", async () => {
    await expectCode(readUserConfig({ INLAY_CONFIG_DIR: "conf" }), "config.invalid");
  });
});

describe("config.json", () => {
  test("that is absent sets nothing", async () => {
    const INLAY_CONFIG_DIR = join(await tempFolder(), "none");
    expect(await readUserConfig({ INLAY_CONFIG_DIR })).toEqual({ folder: INLAY_CONFIG_DIR, packs: [] });
  });

  test("sets size and packs", async () => {
    const env = await configured('{ "cacheSize": "20GB", "packs": ["a", "./b"] }');
    expect(await readUserConfig(env)).toEqual({ folder: env.INLAY_CONFIG_DIR, cacheBytes: 2e10, packs: ["a", "./b"] });
  });

  test.each(["[]", "{", '{ "cacheSize": "big" }', '{ "packs": "a" }', '{ "packs": [1] }', '{ "packs": [""] }'])(
    "%s is refused, with the file's name",
    async (text) => {
      const env = await configured(text);
      expect((await expectCode(readUserConfig(env), "config.invalid")).message).toContain(env.INLAY_CONFIG_DIR);
    },
  );

  test("with an unknown key is told which one was meant", async () => {
    const env = await configured('{ "cachesize": 1 }');
    expect(await expectCode(readUserConfig(env), "config.invalid")).toMatchObject({
      suggestion: "Did you mean `cacheSize`?",
    });
  });

  test("that is a folder is unreadable", async () => {
    const INLAY_CONFIG_DIR = await tempFolder();
    await mkdir(join(INLAY_CONFIG_DIR, "config.json"));
    await expectCode(readUserConfig({ INLAY_CONFIG_DIR }), "config.unreadable");
  });
});

test("the cache's size comes from the variable, then the file, then is 5 GB", async () => {
  const config = { folder: "/", packs: [] };
  expect(cacheBytesOf({}, config)).toBe(5e9);
  expect(cacheBytesOf({}, { ...config, cacheBytes: 7 })).toBe(7);
  expect(cacheBytesOf({ INLAY_CACHE_SIZE: "1MB" }, { ...config, cacheBytes: 7 })).toBe(1e6);
  await expectCode((async () => cacheBytesOf({ INLAY_CACHE_SIZE: "lots" }, config))(), "config.invalid");
});
