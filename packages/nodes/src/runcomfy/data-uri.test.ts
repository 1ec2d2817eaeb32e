import { expect, test } from "vitest";
import { noise } from "../../test/pictures.ts";
import { checkSendable, toDataUri } from "./data-uri.ts";

test("at most 32 megapixels are sent", () => {
  expect(() => checkSendable({ width: 8000, height: 4000 })).not.toThrow();
  expect(() => checkSendable({ width: 8000, height: 4001 })).toThrow(
    expect.objectContaining({ code: "image.too-large-to-send" }),
  );
});

test("a picture that no format brings below 6 MiB is refused with both sizes", async () => {
  const error = await toDataUri(noise(2600, 2600)).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ data: { code: "image.too-large-to-send" } });
  expect(error).toHaveProperty(
    "data.received",
    expect.stringMatching(/^2600 × 2600 pixels: [\d.]+ MiB as PNG, [\d.]+ MiB as JPEG$/),
  );
});
