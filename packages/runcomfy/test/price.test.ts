import { expect, test } from "vitest";
import { setUp } from "./bench.ts";
import { html, json, reset, silence } from "./scripted-server.ts";

const page = { model_id: "owner/model", base_price_usd: 0.03, price_unit: "per image", pricing_note: "about" };

test("a model's price comes from its page", async () => {
  const { client, server } = await setUp({ model: [json(page)] });
  const prices = await Promise.all([client.price("owner/model"), client.price("owner/model")]);
  expect(prices[0]).toEqual({ usd: 0.03, unit: "per image", note: "about" });
  expect(server.of("model").map(({ method, url }) => `${method} ${url}`)).toEqual(["GET /v1/models/owner/model"]);
});

test.each([
  ["404", json({ error_code: 404001 }, 404)],
  ["a reset", reset],
  ["a web page", html],
  ["a price that is none", json({ ...page, base_price_usd: "free" })],
])("%s is an unknown price, and no error", async (_name, answer) => {
  const { client } = await setUp({ model: [answer] });
  expect(await client.price("owner/model")).toBeUndefined();
});

test("a service that never says its price keeps nobody from closing", async () => {
  const { client } = await setUp({ model: [silence] });
  const price = client.price("owner/model");
  await client.close();
  expect(await price).toBeUndefined();
});

test("what a job cost is asked for with its result", async () => {
  const result = json({ request_id: "r1", status: "completed", output: {}, cost: "0.021" });
  const { client, server } = await setUp({ result: [result] });
  expect(await client.result("r1")).toMatchObject({ costUsd: 0.021 });
  expect(server.of("result")[0]?.url).toBe("/v1/requests/r1/result?include_cost=true");
});
