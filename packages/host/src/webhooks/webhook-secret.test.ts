import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { expectCode } from "../../test/support/expect-code.ts";
import { tempFolder } from "../../test/support/temp-workspace.ts";
import { webhookSecret } from "./webhook-secret.ts";

test("a secret is made once, for its owner's eyes only", async () => {
  const folder = join(await tempFolder(), "config");
  const env = { INLAY_CONFIG_DIR: folder };
  const [one, two] = await Promise.all([webhookSecret(env), webhookSecret(env)]);
  expect(one).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect([two, await webhookSecret(env)]).toEqual([one, one]);
  const file = join(folder, "webhook-secret");
  expect([(await stat(file)).mode & 0o777, await readFile(file, "utf8")]).toEqual([0o600, `${one}\n`]);
});

test("the environment's secret counts more; one that is none is not used", async () => {
  const given = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
  const env = { INLAY_CONFIG_DIR: await tempFolder() };
  expect(await webhookSecret({ ...env, INLAY_WEBHOOK_SECRET: given })).toBe(given);
  for (const bad of ["nothing-like-it", "whsec_?!", "whsec_MfKQ9r8G"]) {
    const { message } = await expectCode(webhookSecret({ ...env, INLAY_WEBHOOK_SECRET: bad }), "config.invalid");
    expect(message).not.toContain(bad);
  }
});
