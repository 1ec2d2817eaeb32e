import { expect, test } from "vitest";
import { InFlight } from "./in-flight.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("work is found by its key until it settles", async () => {
  const inFlight = new InFlight();
  const work = Promise.resolve({ value: 1 });
  inFlight.add("k", work);
  expect([inFlight.get("k"), inFlight.get("other"), inFlight.size]).toEqual([work, undefined, 1]);
  await settled();
  expect([inFlight.get("k"), inFlight.size]).toEqual([undefined, 0]);
});

test("work that fails is forgotten too, and its rejection stays with those who wait for it", async () => {
  const inFlight = new InFlight();
  const work = Promise.reject(new Error("no"));
  inFlight.add("k", work);
  await expect(work).rejects.toThrow("no");
  await settled();
  expect(inFlight.size).toBe(0);
});

test("work that ends late does not remove what took its place", async () => {
  const inFlight = new InFlight();
  const newer = new Promise<never>(() => undefined);
  inFlight.add("k", Promise.resolve({}));
  inFlight.add("k", newer);
  await settled();
  expect(inFlight.get("k")).toBe(newer);
});
