import { expect, test } from "vitest";
import { shareLimiter } from "./shared-limiter.ts";

const account = { origin: "https://service.example", token: "token-1", spacing: 0, concurrent: 1 };

test("clients of one token share a limiter; another token, another service have others", () => {
  const [one, two] = [shareLimiter(account), shareLimiter(account)];
  const others = [
    shareLimiter({ ...account, token: "token-2" }),
    shareLimiter({ ...account, origin: "https://other.example" }),
  ];
  expect(two.limiter).toBe(one.limiter);
  for (const other of others) expect(other.limiter).not.toBe(one.limiter);
  for (const shared of [one, two, ...others]) shared.release();
});

test("a limiter lives as long as one client needs it", () => {
  const [one, two] = [shareLimiter(account), shareLimiter(account)];
  one.release();
  one.release();
  const three = shareLimiter(account);
  expect(three.limiter).toBe(two.limiter);
  two.release();
  three.release();
  const anew = shareLimiter(account);
  expect(anew.limiter).not.toBe(one.limiter);
  anew.release();
});
