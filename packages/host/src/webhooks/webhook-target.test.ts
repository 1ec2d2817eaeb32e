import { errorData } from "@inlay/engine";
import { expect, test } from "vitest";
import { webhookTargets } from "./webhook-target.ts";

const codeOf = (url: string, hosts = ""): string => {
  try {
    webhookTargets({ INLAY_WEBHOOK_HOSTS: hosts }).check(url);
    return "taken";
  } catch (error) {
    return errorData(error).code;
  }
};

test.each([
  ["https://hooks.example.com/a?token=1", "taken"],
  ["http://hooks.example.com/a", "url.invalid"],
  ["ftp://hooks.example.com/a", "url.invalid"],
  ["file:///etc/passwd", "url.invalid"],
  ["javascript:alert(1)", "url.invalid"],
  ["https://user:secret@hooks.example.com/", "url.invalid"],
  ["//hooks.example.com", "url.invalid"],
  ["", "url.invalid"],
  ["https://127.0.0.1/", "url.private"],
  ["https://2130706433/", "url.private"],
  ["https://0x7f.1/", "url.private"],
  ["https://[::1]/", "url.private"],
  ["https://[::ffff:10.0.0.1]/", "url.private"],
  ["https://169.254.169.254/latest/meta-data", "url.private"],
  ["https://10.1.2.3:8443/", "url.private"],
  ["https://localhost/", "url.private"],
  ["https://localhost./", "url.private"],
  ["https://a.localhost/", "url.private"],
  ["https://printer.local/", "url.private"],
  ["https://metadata.google.internal/", "url.private"],
])("%s: %s", (url, code) => expect(codeOf(url)).toBe(code));

test.each([
  ["http://localhost:5678/a", "localhost:5678", "taken"],
  ["http://localhost:5679/a", "localhost:5678", "url.invalid"],
  ["https://localhost:5679/a", "localhost:5678", "url.private"],
  ["http://hooks.lan/a", "hooks.lan, localhost:80", "taken"],
  ["http://localhost/a", "hooks.lan, localhost:80", "taken"],
  ["http://other.hooks.lan/a", "hooks.lan", "url.invalid"],
  ["http://[::1]:5678/", "[::1]:5678", "taken"],
  ["https://hooks.example.com/", "http://hooks.lan", "config.invalid"],
  ["https://hooks.example.com/", "hooks.lan/path", "config.invalid"],
  ["https://hooks.example.com/", "*", "config.invalid"],
])("%s with INLAY_WEBHOOK_HOSTS=%s: %s", (url, hosts, code) => expect(codeOf(url, hosts)).toBe(code));

test("what is refused is told without what may be secret in it", () => {
  try {
    webhookTargets({}).check("https://user:secret@10.0.0.1/?token=secret");
  } catch (error) {
    expect(JSON.stringify(errorData(error))).not.toContain("secret");
  }
});
