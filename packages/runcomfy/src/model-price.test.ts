import { expect, test } from "vitest";
import { createPriceList } from "./model-price.ts";

/** A list whose service gives these prices, in turn, at a time that the test sets. */
function list(...answers: (number | Error | undefined)[]) {
  const asked: string[] = [];
  const time = { now: 0 };
  const clock = { now: () => time.now, wallClock: () => 0, setTimer: () => () => undefined };
  const prices = createPriceList(async (model) => {
    const answer = answers[Math.min(asked.push(model), answers.length) - 1];
    if (answer instanceof Error) throw answer;
    return { model, priceUnit: "per request", ...(answer === undefined ? {} : { basePriceUsd: answer }) };
  }, clock);
  return { prices, asked, time };
}

test("a model's price is asked for once in ten minutes, by all together", async () => {
  const { prices, asked, time } = list(0.25, 0.5);
  const both = await Promise.all([prices.price("a/b"), prices.price("a/b")]);
  expect(both).toEqual([
    { usd: 0.25, unit: "per request" },
    { usd: 0.25, unit: "per request" },
  ]);
  time.now = 599_999;
  await prices.price("a/b");
  expect(asked).toHaveLength(1);
  time.now = 600_000;
  expect(await prices.price("a/b")).toMatchObject({ usd: 0.5 });
});

test("a failure is no price, and is asked again", async () => {
  const { prices, asked } = list(new Error("no"), 0.25);
  expect(await prices.price("a/b")).toBeUndefined();
  expect(await prices.price("a/b")).toMatchObject({ usd: 0.25 });
  expect(asked).toHaveLength(2);
});

test.each([undefined, -1, Number.NaN])("%s is no price", async (answer) => {
  expect(await list(answer).prices.price("a/b")).toBeUndefined();
});

test("the list does not grow without end", async () => {
  const { prices, asked } = list(1);
  for (let i = 0; i <= 100; i++) await prices.price(`a/${i}`);
  await prices.price("a/100");
  await prices.price("a/0");
  expect(asked).toHaveLength(102);
});
