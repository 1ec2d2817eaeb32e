import { expect, test } from "vitest";
import { failure, KEY, setUp, TOKEN } from "./bench.ts";
import { completed, json, state, type Answer } from "./scripted-server.ts";

/** Says back everything that it was sent, as a careless server does. */
const echo =
  (status: number): Answer =>
  (response, request) => {
    const words = `you sent ${request.headers.authorization} and ${request.body} and ${"QUJD".repeat(200)}`;
    return json({ message: words }, status)(response, request);
  };

const image_url = `data:image/png;base64,${"iVBORw0KGgo".repeat(50)}`;

for (const status of [400, 401, 422, 429, 500]) {
  test(`an answer of ${status} that repeats token and pixels shows neither, and the journal has neither`, async () => {
    const { run, store } = await setUp({ submit: [echo(status)] });
    const error = await run({ body: () => ({ prompt: "a secret plum", image_url }) }).catch(
      (thrown: unknown) => thrown,
    );
    const shown = everything(error);
    expect(shown).not.toContain(TOKEN);
    expect(shown).not.toContain("iVBORw0KGgoiVBOR");
    expect(shown).not.toContain("QUJDQUJDQUJDQUJD");
    const record = JSON.stringify(store.records.get(KEY));
    for (const secret of [TOKEN, "secret plum", "iVBORw0KGgo"]) expect(record).not.toContain(secret);
  });
}

test("names that an answer makes of the token are not shown", async () => {
  const { run } = await setUp({ submit: [json({ detail: [{ loc: ["body", TOKEN], msg: "no" }] }, 422)] });
  expect(everything(await failure(run()))).not.toContain(TOKEN);
  const download = await setUp({ result: [completed(() => ({ image: `https://${TOKEN}.evil.example/x.png` }))] });
  expect(everything(await failure(download.run())).toLowerCase()).not.toContain(TOKEN.toLowerCase());
});

test("what an error repeats of an answer is short", async () => {
  const { run } = await setUp({ submit: [json({ message: "long words ".repeat(1_000) }, 400)] });
  expect((await failure(run())).message.length).toBeLessThan(700);
});

test("the token is in no URL and in no header but Authorization of the API's calls", async () => {
  const { run, server } = await setUp({ status: [state("in_queue"), state("completed")] });
  await run();
  for (const { url, headers, body } of server.received) {
    const { authorization, ...others } = headers;
    expect(url + body + JSON.stringify(others)).not.toContain(TOKEN);
    expect(authorization).toBe(url.startsWith("/v1/") ? `Bearer ${TOKEN}` : undefined);
  }
});

test("a token that could not be a header is refused without being shown", async () => {
  const token = "canary\nInjected: yes";
  const error: unknown = await setUp({}, { token }).catch((thrown: unknown) => thrown);
  expect(everything(error)).toContain("remote.");
  expect(everything(error)).not.toContain("canary");
});

/** All that a log could show of an error: text, data, causes. */
function everything(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? "";
  return [String(error), error.stack, JSON.stringify(error), error.cause ? everything(error.cause) : ""].join("\n");
}
