import { expect, test } from "vitest";
import { publishingSettings } from "./publisher-settings.ts";

const s3 = { type: "s3", bucket: "media", accessKeyId: "id", secretAccessKey: "canary-secret" };

test("nothing is published unless somebody says so", () => {
  expect(publishingSettings({}, undefined)).toBeUndefined();
  expect(publishingSettings({ INLAY_PUBLISHER: "none" }, s3)).toBeUndefined();
});

test("the configuration sets a publisher", () => {
  expect(publishingSettings({}, { ...s3, hours: 2, always: true })).toEqual({ publisher: s3, always: true, ttl: 7200 });
});

test("the environment wins over the configuration", () => {
  const env = {
    INLAY_PUBLISHER: "s3://photos/inlay/in?region=auto&endpoint=https://r2.example.com",
    INLAY_PUBLISHER_KEY_ID: "own",
    INLAY_PUBLISHER_SECRET: "canary-secret",
    AWS_ACCESS_KEY_ID: "other",
    AWS_SESSION_TOKEN: "other",
  };
  expect(publishingSettings(env, s3)).toEqual({
    publisher: {
      type: "s3",
      bucket: "photos",
      prefix: "inlay/in/",
      region: "auto",
      endpoint: "https://r2.example.com",
      accessKeyId: "own",
      secretAccessKey: "canary-secret",
    },
    always: false,
  });
});

test("a bucket takes AWS's own variables", () => {
  const env = {
    INLAY_PUBLISHER: "s3://photos",
    AWS_ACCESS_KEY_ID: "a",
    AWS_SECRET_ACCESS_KEY: "b",
    AWS_SESSION_TOKEN: "c",
  };
  expect(publishingSettings(env, undefined)?.publisher).toEqual({
    type: "s3",
    bucket: "photos",
    accessKeyId: "a",
    secretAccessKey: "b",
    sessionToken: "c",
  });
});

test("an address and a command can be set by the environment", () => {
  const url = "https://cdn.example.com/{sha256}{ext}";
  const env = { INLAY_PUBLISHER: url, INLAY_PUBLISHER_AUTHORIZATION: "Bearer x", INLAY_PUBLISHER_ALWAYS: "1" };
  expect(publishingSettings(env, undefined)).toEqual({
    publisher: { type: "url", url, authorization: "Bearer x" },
    always: true,
  });
  expect(publishingSettings({ INLAY_PUBLISHER: "command:/opt/my publish" }, undefined)?.publisher).toEqual({
    type: "command",
    command: ["/opt/my publish"],
  });
});

test.each([
  [{ type: "ftp" }, "`type` is `s3`, `url`, `command`"],
  ["s3://x", "`type`"],
  [{ type: "s3", bucket: "a" }, "needs `accessKeyId`"],
  [{ ...s3, buckett: "a" }, "has no `buckett`"],
  [{ ...s3, region: 7 }, "`region` must be a text"],
  [{ type: "command", command: "publish" }, "`command` must be a list of texts"],
  [{ ...s3, hours: 1000 }, "at most 168"],
  [{ ...s3, always: "yes" }, "true or false"],
])("%j is refused with what is wrong, and without its secrets", (configured, words) => {
  expect(() => publishingSettings({}, configured)).toThrow(expect.objectContaining({ code: "config.invalid" }));
  try {
    publishingSettings({}, configured);
  } catch (error) {
    expect((error as Error).message).toContain(words);
    expect((error as Error).message).not.toContain("canary");
  }
});
