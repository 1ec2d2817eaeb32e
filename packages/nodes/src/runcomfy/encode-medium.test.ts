import type { MediaLimits, NodeContext } from "@inlay/engine";
import { expect, test } from "vitest";
import { noise } from "../../test/pictures.ts";
import { checkSendable, encodeMedium } from "./encode-medium.ts";

function context(mediaLimits?: MediaLimits) {
  const logs: string[] = [];
  const remote = { ...(mediaLimits && { mediaLimits }) } as NodeContext["remote"];
  return { remote, logs, log: (_level: string, message: string) => void logs.push(message) };
}

test("at most 32 megapixels are sent", () => {
  expect(() => checkSendable({ width: 8000, height: 4000 }, context())).not.toThrow();
  expect(() => checkSendable({ width: 8000, height: 4001 }, context())).toThrow(
    expect.objectContaining({ code: "image.too-large-to-send" }),
  );
});

test("a picture that no format brings below 6 MiB is refused with both sizes", async () => {
  const error = await encodeMedium(noise(2600, 2600), context()).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ data: { code: "image.too-large-to-send" } });
  expect(error).toHaveProperty(
    "data.received",
    expect.stringMatching(/^2600 × 2600 pixels: [\d.]+ MiB as PNG, [\d.]+ MiB as JPEG$/),
  );
});

test("a service that takes more gets the exact picture", async () => {
  const ctx = context({ bytes: 50_000_000, pixels: 32_000_000 });
  expect(await encodeMedium(noise(1600, 1600), ctx)).toMatchObject({ mime: "image/png" });
  expect(ctx.logs).toEqual([]);
});
